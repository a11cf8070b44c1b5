//! Companies: the list, one company, and its placements.

use crate::args;
use crate::caseload::{Args, danish, has_words};
use crate::db::{AssertSqlSafe, Conn, Error, Fields};
use crate::records::Table;
use crate::search::Seeker;
use jiff::civil::Date;
use tovholder_casework::id::*;
use tovholder_casework::plan::Effort;

/// A company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Company {
    /// Its id.
    pub id: CompanyId,
    /// Name.
    pub name: String,
    /// CVR number; empty when not known.
    pub cvr: String,
    /// What it does.
    pub industry: String,
    /// Street and number.
    pub address: String,
    /// Postal code.
    pub postcode: String,
    /// Whom to ask for.
    pub contact: String,
    /// Telephone.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// How many work there.
    pub employees: u32,
    /// How many placements there are today.
    pub active: u32,
}

/// Which companies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompanyQuery {
    /// Beginnings of words of the name.
    pub name: String,
    /// Only this industry.
    pub industry: String,
    /// Only this postal code.
    pub postcode: String,
    /// Only those with a placement today.
    pub active: bool,
    /// At most this many.
    pub limit: u32,
    /// After this many.
    pub offset: u32,
}

/// A placement of company `k` today: what stands after FROM.
fn placement_today(today: Date, args: &mut Args) -> String {
    let (today, withdrawn) = (args.put(today), args.put(false));
    format!(
        "effort e WHERE e.company_id = k.id AND e.withdrawn = {withdrawn} AND e.starts <= {today} AND (e.ends IS NULL OR e.ends >= {today})"
    )
}

/// The columns of company `k`, with the number of its placements today.
fn columns(placement_today: &str) -> String {
    format!(
        "k.id, k.name, k.cvr, k.industry, k.address, k.postcode, k.contact, k.phone, k.email, k.employees, (SELECT COUNT(*) FROM {placement_today})"
    )
}

fn company(f: &mut Fields<'_>) -> Result<Company, Error> {
    Ok(Company {
        id: f.next()?,
        name: f.next()?,
        cvr: f.next()?,
        industry: f.next()?,
        address: f.next()?,
        postcode: f.next()?,
        contact: f.next()?,
        phone: f.next()?,
        email: f.next()?,
        employees: f.next()?,
        active: f.next()?,
    })
}

/// Companies by name. One query.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn list(conn: &mut Conn, query: &CompanyQuery, today: Date) -> Result<Vec<Company>, Error> {
    let mut args = Args::default();
    let placement = placement_today(today, &mut args);
    let mut which = "SELECT * FROM company k WHERE 1 = 1".to_owned();
    if !query.industry.is_empty() {
        which.push_str(&format!(" AND k.industry = {}", args.put(query.industry.clone())));
    }
    if !query.postcode.is_empty() {
        which.push_str(&format!(" AND k.postcode = {}", args.put(query.postcode.clone())));
    }
    if query.active {
        which.push_str(&format!(" AND EXISTS (SELECT 1 FROM {placement})"));
    }
    which.push_str(&has_words("k.id", &query.name, &mut args));
    let order = format!("ORDER BY {}, k.id", danish("k.name"));
    // Placements are counted for those on the page alone.
    let sql = format!(
        "SELECT {} FROM ({which} {order} LIMIT {} OFFSET {}) k {order}",
        columns(&placement),
        query.limit,
        query.offset
    );
    let rows = conn.rows(AssertSqlSafe(sql), &args.0).await?;
    rows.iter().map(|row| company(&mut row.fields())).collect()
}

/// The industries and the postal codes there are companies in. One query.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn choices(conn: &mut Conn) -> Result<(Vec<String>, Vec<String>), Error> {
    let sql = "SELECT DISTINCT 0 AS what, industry AS word FROM company WHERE industry <> '' \
         UNION SELECT DISTINCT 1, postcode FROM company WHERE postcode <> '' ORDER BY 1, 2";
    let (mut industries, mut postcodes) = (Vec::new(), Vec::new());
    for row in conn.rows(sql, args![]).await? {
        let into = if row.get::<i64>(0)? == 0 {
            &mut industries
        } else {
            &mut postcodes
        };
        into.push(row.get(1)?);
    }
    Ok((industries, postcodes))
}

/// One company.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn find(conn: &mut Conn, id: CompanyId, today: Date) -> Result<Option<Company>, Error> {
    let mut args = Args::default();
    let placement = placement_today(today, &mut args);
    let sql = format!(
        "SELECT {} FROM company k WHERE k.id = {}",
        columns(&placement),
        args.put(id)
    );
    conn.row(AssertSqlSafe(sql), &args.0)
        .await?
        .map(|row| company(&mut row.fields()))
        .transpose()
}

/// A placement at a company, as the seeker may see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Placement {
    /// What it is.
    pub effort: Effort,
    /// The citizen's name, for those who may open the plan; none for everybody else.
    pub citizen: Option<String>,
}

/// A company's placements, the latest first. One query.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn placements(
    conn: &mut Conn,
    company: CompanyId,
    seeker: &Seeker,
    limit: u32,
) -> Result<Vec<Placement>, Error> {
    let mut args = Args::default();
    let related = seeker.related("x.plan_id", &mut args);
    let columns: Vec<_> = Effort::COLUMNS.iter().map(|c| format!("x.{c}")).collect();
    let (company, withdrawn) = (args.put(company), args.put(false));
    let sql = format!(
        "SELECT {}, CASE WHEN {related} THEN c.name END FROM effort x JOIN plan p ON p.id = x.plan_id JOIN citizen c ON c.id = p.citizen_id \
         WHERE x.company_id = {company} AND x.withdrawn = {withdrawn} ORDER BY x.starts DESC, x.id LIMIT {limit}",
        columns.join(", ")
    );
    let rows = conn.rows(AssertSqlSafe(sql), &args.0).await?;
    rows.iter()
        .map(|row| {
            let mut f = row.fields();
            Ok(Placement {
                effort: Effort::read(&mut f)?,
                citizen: f.next()?,
            })
        })
        .collect()
}
