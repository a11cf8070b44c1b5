//! The values that cross the border to a database, and the rows that come back.
//!
//! One representation for both engines, so that a query is written once:
//!
//! | Rust | SQLite | PostgreSQL |
//! |---|---|---|
//! | `bool` | `INTEGER` 0 or 1 | `BOOLEAN` |
//! | `i64`, `u32`, … | `INTEGER` | `BIGINT` |
//! | `f64` | `REAL` | `DOUBLE PRECISION` |
//! | `String`, `&str` | `TEXT` | `TEXT` |
//! | [`Uuid`] and the ids over it | `BLOB` of 16 bytes | `UUID` |
//! | `Vec<u8>` | `BLOB` | `BYTEA` |
//! | [`Date`] | `TEXT` `2026-03-01` | `TEXT` |
//! | [`DateTime`] (wall clock, to the minute) | `TEXT` `2026-03-01T09:30` | `TEXT` |
//! | [`Timestamp`] | `INTEGER`, milliseconds since 1970 in UTC | `BIGINT` |

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use sqlx::postgres::{PgArguments, PgRow, PgTypeInfo, types::Oid};
use sqlx::{Arguments, Column, Decode, Postgres, Row as _, TypeInfo, ValueRef};
use uuid::Uuid;

use super::Error;

/// The kind of a [`Value`]; a NULL keeps it because PostgreSQL types every argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Left to the database to find out.
    Unknown,
    /// A whole number.
    Int,
    /// A real number.
    Real,
    /// Text.
    Text,
    /// Yes or no.
    Bool,
    /// An id.
    Uuid,
    /// Bytes.
    Bytes,
}

impl Kind {
    /// The type it has in a `CAST`, which SQLite takes for a word like another.
    pub(crate) const fn sql(self) -> &'static str {
        match self {
            Self::Unknown | Self::Text => "TEXT",
            Self::Int => "BIGINT",
            Self::Real => "DOUBLE PRECISION",
            Self::Bool => "BOOLEAN",
            Self::Uuid => "UUID",
            Self::Bytes => "BYTEA",
        }
    }

    const fn letter(self) -> char {
        match self {
            Self::Unknown => 'n',
            Self::Int => 'i',
            Self::Real => 'r',
            Self::Text => 't',
            Self::Bool => 'b',
            Self::Uuid => 'u',
            Self::Bytes => 'x',
        }
    }
}

/// One argument of a statement, or one field of a row.
#[derive(Clone, PartialEq)]
pub enum Value {
    /// No value. `None::<T>.into()` knows its kind; prefer it to [`Value::NULL`].
    Null(Kind),
    /// A whole number.
    Int(i64),
    /// A real number.
    Real(f64),
    /// Text.
    Text(String),
    /// Yes or no. SQLite gives it back as [`Value::Int`].
    Bool(bool),
    /// An id. SQLite gives any 16 bytes back as this.
    Uuid(Uuid),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl Value {
    /// No value, of a kind the database finds out from the column. Rows give every NULL back as this.
    pub const NULL: Self = Self::Null(Kind::Unknown);

    /// The kind.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Null(kind) => *kind,
            Self::Int(_) => Kind::Int,
            Self::Real(_) => Kind::Real,
            Self::Text(_) => Kind::Text,
            Self::Bool(_) => Kind::Bool,
            Self::Uuid(_) => Kind::Uuid,
            Self::Bytes(_) => Kind::Bytes,
        }
    }

    /// PostgreSQL refuses NUL in text and SQLite turns not-a-number into NULL. Both are refused here, before either engine.
    pub(super) fn check(&self, index: usize) -> Result<(), Error> {
        match self {
            Self::Text(text) if text.contains('\0') => Err(Error::Argument {
                position: index + 1,
                reason: "text with a NUL character",
            }),
            Self::Real(real) if real.is_nan() => Err(Error::Argument {
                position: index + 1,
                reason: "not a number",
            }),
            _ => Ok(()),
        }
    }
}

/// Shows the kind only: values belong to people and stay out of logs.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Found::from(self).kind())
    }
}

/// A field of a row where it lies. Rows give every NULL back without its kind.
#[derive(Clone, Copy, PartialEq)]
pub enum Found<'r> {
    /// No value.
    Null,
    /// A whole number.
    Int(i64),
    /// A real number.
    Real(f64),
    /// Text.
    Text(&'r str),
    /// Yes or no. SQLite gives it back as [`Found::Int`].
    Bool(bool),
    /// An id. SQLite gives any 16 bytes back as this.
    Uuid(Uuid),
    /// Bytes.
    Bytes(&'r [u8]),
}

impl Found<'_> {
    const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "NULL",
            Self::Int(_) => "a whole number",
            Self::Real(_) => "a real number",
            Self::Text(_) => "text",
            Self::Bool(_) => "a boolean",
            Self::Uuid(_) => "an id",
            Self::Bytes(_) => "bytes",
        }
    }
}

/// As [`Value`].
impl fmt::Debug for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())
    }
}

impl<'v> From<&'v Value> for Found<'v> {
    fn from(value: &'v Value) -> Self {
        match value {
            Value::Null(_) => Self::Null,
            Value::Int(n) => Self::Int(*n),
            Value::Real(x) => Self::Real(*x),
            Value::Text(text) => Self::Text(text),
            Value::Bool(yes) => Self::Bool(*yes),
            Value::Uuid(id) => Self::Uuid(*id),
            Value::Bytes(bytes) => Self::Bytes(bytes),
        }
    }
}

impl From<Found<'_>> for Value {
    fn from(found: Found<'_>) -> Self {
        match found {
            Found::Null => Self::NULL,
            Found::Int(n) => Self::Int(n),
            Found::Real(x) => Self::Real(x),
            Found::Text(text) => Self::Text(text.to_owned()),
            Found::Bool(yes) => Self::Bool(yes),
            Found::Uuid(id) => Self::Uuid(id),
            Found::Bytes(bytes) => Self::Bytes(bytes.to_vec()),
        }
    }
}

/// A Rust type that is stored as one kind of value. `Option` of it then converts too.
pub trait Stored: Into<Value> {
    /// The kind a NULL of this type has.
    const KIND: Kind;
}

impl<T: Stored> Stored for Option<T> {
    const KIND: Kind = T::KIND;
}

impl<T: Stored> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null(T::KIND), Into::into)
    }
}

/// A Rust type that can be read from a field. The inverse of [`Stored`].
pub trait FromValue: Sized {
    /// The type's name in errors.
    const NAME: &'static str;
    /// The value, or `None` when the field holds something else.
    fn from_value(value: Found<'_>) -> Option<Self>;
}

impl<T: FromValue> FromValue for Option<T> {
    const NAME: &'static str = T::NAME;
    fn from_value(value: Found<'_>) -> Option<Self> {
        match value {
            Found::Null => Some(None),
            other => T::from_value(other).map(Some),
        }
    }
}

impl FromValue for Value {
    const NAME: &'static str = "any value";
    fn from_value(value: Found<'_>) -> Option<Self> {
        Some(value.into())
    }
}

macro_rules! stored {
    ($type:ty, $kind:ident, $value:pat => $into:expr, $($from:pat => $out:expr),+) => {
        impl From<$type> for Value {
            fn from($value: $type) -> Self {
                $into
            }
        }
        impl Stored for $type {
            const KIND: Kind = Kind::$kind;
        }
        impl FromValue for $type {
            const NAME: &'static str = stringify!($type);
            fn from_value(value: Found<'_>) -> Option<Self> {
                match value {
                    $($from => $out,)+
                    _ => None,
                }
            }
        }
    };
}

stored!(i64, Int, n => Value::Int(n), Found::Int(n) => Some(n));
stored!(i32, Int, n => Value::Int(n.into()), Found::Int(n) => n.try_into().ok());
stored!(u32, Int, n => Value::Int(n.into()), Found::Int(n) => n.try_into().ok());
stored!(i16, Int, n => Value::Int(n.into()), Found::Int(n) => n.try_into().ok());
stored!(u16, Int, n => Value::Int(n.into()), Found::Int(n) => n.try_into().ok());
stored!(u8, Int, n => Value::Int(n.into()), Found::Int(n) => n.try_into().ok());
stored!(f64, Real, x => Value::Real(x), Found::Real(x) => Some(x), Found::Int(n) => Some(n as f64));
stored!(bool, Bool, b => Value::Bool(b), Found::Bool(b) => Some(b), Found::Int(0) => Some(false), Found::Int(1) => Some(true));
stored!(String, Text, s => Value::Text(s), Found::Text(s) => Some(s.to_owned()));
stored!(Uuid, Uuid, id => Value::Uuid(id), Found::Uuid(id) => Some(id), Found::Bytes(bytes) => Uuid::from_slice(bytes).ok());
stored!(Vec<u8>, Bytes, bytes => Value::Bytes(bytes), Found::Bytes(bytes) => Some(bytes.to_vec()), Found::Uuid(id) => Some(id.as_bytes().to_vec()));
stored!(Date, Text, date => Value::Text(date.to_string()), Found::Text(s) => s.parse().ok());
stored!(DateTime, Text, time => Value::Text(format!("{}T{:02}:{:02}", time.date(), time.hour(), time.minute())), Found::Text(s) => s.parse().ok());
stored!(Timestamp, Int, at => Value::Int(at.as_millisecond()), Found::Int(ms) => Self::from_millisecond(ms).ok());

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl Stored for &str {
    const KIND: Kind = Kind::Text;
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl Stored for &String {
    const KIND: Kind = Kind::Text;
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Bytes(bytes.to_vec())
    }
}

impl Stored for &[u8] {
    const KIND: Kind = Kind::Bytes;
}

impl<const N: usize> From<[u8; N]> for Value {
    fn from(bytes: [u8; N]) -> Self {
        Self::Bytes(bytes.to_vec())
    }
}

impl<const N: usize> Stored for [u8; N] {
    const KIND: Kind = Kind::Bytes;
}

impl<const N: usize> FromValue for [u8; N] {
    const NAME: &'static str = "bytes of a fixed length";
    fn from_value(value: Found<'_>) -> Option<Self> {
        match value {
            Found::Bytes(bytes) => bytes.try_into().ok(),
            Found::Uuid(id) => id.as_bytes().as_slice().try_into().ok(),
            _ => None,
        }
    }
}

/// Makes ids (`pub struct CitizenId(pub Uuid);`) arguments and fields: `impl_id_value!(CitizenId, PlanId);`.
#[macro_export]
macro_rules! impl_id_value {
    ($($id:path),+ $(,)?) => { $(
        impl From<$id> for $crate::db::Value {
            fn from(id: $id) -> Self {
                Self::Uuid(id.0)
            }
        }
        impl $crate::db::Stored for $id {
            const KIND: $crate::db::Kind = $crate::db::Kind::Uuid;
        }
        impl $crate::db::FromValue for $id {
            const NAME: &'static str = stringify!($id);
            fn from_value(value: $crate::db::Found<'_>) -> Option<Self> {
                <uuid::Uuid as $crate::db::FromValue>::from_value(value).map($id)
            }
        }
    )+ };
}

/// Makes types stored as a word (`fn as_str(self) -> &'static str` and `FromStr`) arguments and fields:
/// `impl_word_value!(CoreTask, BallState);`.
#[macro_export]
macro_rules! impl_word_value {
    ($($word:path),+ $(,)?) => { $(
        impl From<$word> for $crate::db::Value {
            fn from(word: $word) -> Self {
                Self::from(word.as_str())
            }
        }
        impl $crate::db::Stored for $word {
            const KIND: $crate::db::Kind = $crate::db::Kind::Text;
        }
        impl $crate::db::FromValue for $word {
            const NAME: &'static str = stringify!($word);
            fn from_value(value: $crate::db::Found<'_>) -> Option<Self> {
                match value {
                    $crate::db::Found::Text(word) => word.parse().ok(),
                    _ => None,
                }
            }
        }
    )+ };
}

/// The arguments of a statement: `args![citizen, date, "open"]` is `&[Value; 3]`.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { &[$($crate::db::Value::from($value)),*] };
}

/// What a statement read: the fields of all rows one after the other, and the letters and bytes of all of them in one place. A list of 400
/// takes a few pieces of memory that way, and not ten thousand.
#[derive(Default)]
pub(super) struct Cells {
    columns: Vec<String>,
    fields: Vec<Place>,
    text: String,
    bytes: Vec<u8>,
}

/// A field: itself, or where it begins and ends.
#[derive(Clone, Copy)]
enum Place {
    Null,
    Int(i64),
    Real(f64),
    Bool(bool),
    Uuid(Uuid),
    Text(usize, usize),
    Bytes(usize, usize),
}

impl Cells {
    pub(super) fn new(columns: impl IntoIterator<Item = String>) -> Self {
        Self {
            columns: columns.into_iter().collect(),
            ..Self::default()
        }
    }

    /// How many fields a row has.
    pub(super) const fn width(&self) -> usize {
        self.columns.len()
    }

    /// The next field of the row, or the first of the next row.
    pub(super) fn push(&mut self, found: Found<'_>) {
        self.fields.push(match found {
            Found::Null => Place::Null,
            Found::Int(n) => Place::Int(n),
            Found::Real(x) => Place::Real(x),
            Found::Bool(yes) => Place::Bool(yes),
            Found::Uuid(id) => Place::Uuid(id),
            Found::Text(text) => {
                let from = self.text.len();
                self.text.push_str(text);
                Place::Text(from, self.text.len())
            }
            Found::Bytes(bytes) => {
                let from = self.bytes.len();
                self.bytes.extend_from_slice(bytes);
                Place::Bytes(from, self.bytes.len())
            }
        });
    }

    /// The rows, which share it.
    pub(super) fn into_rows(self) -> Vec<Row> {
        let width = self.width().max(1);
        let cells = Arc::new(self);
        let firsts = (0..cells.fields.len()).step_by(width);
        let row = |first| Row {
            cells: Arc::clone(&cells),
            first,
        };
        firsts.map(row).collect()
    }

    fn found(&self, place: Place) -> Found<'_> {
        match place {
            Place::Null => Found::Null,
            Place::Int(n) => Found::Int(n),
            Place::Real(x) => Found::Real(x),
            Place::Bool(yes) => Found::Bool(yes),
            Place::Uuid(id) => Found::Uuid(id),
            Place::Text(from, to) => Found::Text(&self.text[from..to]),
            Place::Bytes(from, to) => Found::Bytes(&self.bytes[from..to]),
        }
    }
}

/// One row of an answer.
#[derive(Clone)]
pub struct Row {
    cells: Arc<Cells>,
    /// Where its fields begin.
    first: usize,
}

/// Shows the columns and their kinds only.
impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = (0..self.cells.width()).map(|index| self.found(index));
        f.debug_map().entries(self.cells.columns.iter().zip(kinds)).finish()
    }
}

impl Row {
    /// The field at `index`, from 0.
    ///
    /// # Errors
    /// [`Error::Value`] when the field holds another kind of value, a value out of range, or NULL where `T` is no `Option`,
    /// and when there is no such field.
    pub fn get<T: FromValue>(&self, index: usize) -> Result<T, Error> {
        let found = self.found(index);
        found.and_then(T::from_value).ok_or_else(|| Error::Value {
            column: self
                .cells
                .columns
                .get(index)
                .cloned()
                .unwrap_or_else(|| format!("number {index}")),
            wanted: T::NAME,
            found: found.map_or("missing", |found| found.kind()),
        })
    }

    fn found(&self, index: usize) -> Option<Found<'_>> {
        let place = (index < self.cells.width()).then(|| self.cells.fields.get(self.first + index))??;
        Some(self.cells.found(*place))
    }

    /// Reads the fields one after the other, in the order of the SELECT.
    #[must_use]
    pub const fn fields(&self) -> Fields<'_> {
        Fields {
            row: self,
            next: 0,
            places: None,
        }
    }

    /// Reads the fields at these places one after the other.
    #[must_use]
    pub const fn fields_at<'r>(&'r self, places: &'r [usize]) -> Fields<'r> {
        Fields {
            row: self,
            next: 0,
            places: Some(places),
        }
    }

    /// The values, as the engine gave them.
    #[must_use]
    pub fn values(&self) -> Vec<Value> {
        let found = (0..self.cells.width()).filter_map(|index| self.found(index));
        found.map(Value::from).collect()
    }
}

/// The fields of a [`Row`] in order; see [`Row::fields`] and [`Row::fields_at`].
#[derive(Debug)]
pub struct Fields<'r> {
    row: &'r Row,
    next: usize,
    /// Where the fields lie, when not one after the other.
    places: Option<&'r [usize]>,
}

impl Fields<'_> {
    /// The next field.
    ///
    /// # Errors
    /// As [`Row::get`].
    #[expect(
        clippy::should_implement_trait,
        reason = "every field has its own type, so this is no iterator"
    )]
    pub fn next<T: FromValue>(&mut self) -> Result<T, Error> {
        let place = match self.places {
            None => self.next,
            // One more than there are is found missing, as past the end of a row.
            Some(places) => places.get(self.next).copied().unwrap_or(usize::MAX),
        };
        self.next += 1;
        self.row.get(place)
    }
}

/// A NULL whose type PostgreSQL is to infer: type 0 is its own way of saying "unknown".
struct Untyped;

impl sqlx::Type<Postgres> for Untyped {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_oid(Oid(0))
    }
}

impl sqlx::Encode<'_, Postgres> for Untyped {
    fn encode_by_ref(
        &self,
        _: &mut sqlx::postgres::PgArgumentBuffer,
    ) -> Result<sqlx::encode::IsNull, sqlx::error::BoxDynError> {
        Ok(sqlx::encode::IsNull::Yes)
    }
}

/// The arguments, and a letter for the kind of each.
pub(super) fn postgres_arguments<'v>(
    values: impl ExactSizeIterator<Item = &'v Value>,
) -> Result<(PgArguments, String), Error> {
    let mut arguments = PgArguments::default();
    arguments.reserve(values.len(), 16 * values.len());
    let mut kinds = String::with_capacity(values.len());
    for (index, value) in values.enumerate() {
        value.check(index)?;
        kinds.push(value.kind().letter());
        match value {
            Value::Null(Kind::Unknown) => arguments.add(Untyped),
            Value::Null(Kind::Int) => arguments.add(None::<i64>),
            Value::Null(Kind::Real) => arguments.add(None::<f64>),
            Value::Null(Kind::Text) => arguments.add(None::<&str>),
            Value::Null(Kind::Bool) => arguments.add(None::<bool>),
            Value::Null(Kind::Uuid) => arguments.add(None::<Uuid>),
            Value::Null(Kind::Bytes) => arguments.add(None::<&[u8]>),
            Value::Int(n) => arguments.add(*n),
            Value::Real(x) => arguments.add(*x),
            Value::Text(s) => arguments.add(s.as_str()),
            Value::Bool(b) => arguments.add(*b),
            Value::Uuid(id) => arguments.add(*id),
            Value::Bytes(bytes) => arguments.add(bytes.as_slice()),
        }
        .map_err(|_| Error::Argument {
            position: index + 1,
            reason: "too large",
        })?;
    }
    Ok((arguments, kinds))
}

pub(super) fn postgres_rows(answer: &[PgRow]) -> Result<Vec<Row>, Error> {
    let Some(first) = answer.first() else {
        return Ok(Vec::new());
    };
    let mut cells = Cells::new(first.columns().iter().map(|column| column.name().to_owned()));
    for row in answer {
        for index in 0..cells.width() {
            cells.push(postgres_field(row, index)?);
        }
    }
    Ok(cells.into_rows())
}

fn postgres_field(row: &PgRow, index: usize) -> Result<Found<'_>, Error> {
    let column = row.columns()[index].name();
    let field = row
        .try_get_raw(index)
        .map_err(|error| Error::from_postgres(error, ""))?;
    if field.is_null() {
        return Ok(Found::Null);
    }
    let value = match row.columns()[index].type_info().name() {
        "INT8" => <i64 as Decode<Postgres>>::decode(field).map(Found::Int),
        "INT4" => <i32 as Decode<Postgres>>::decode(field).map(|n| Found::Int(n.into())),
        "INT2" => <i16 as Decode<Postgres>>::decode(field).map(|n| Found::Int(n.into())),
        "FLOAT8" => <f64 as Decode<Postgres>>::decode(field).map(Found::Real),
        "FLOAT4" => <f32 as Decode<Postgres>>::decode(field).map(|x| Found::Real(x.into())),
        "NUMERIC" => field
            .as_bytes()
            .and_then(|bytes| numeric(bytes).ok_or_else(|| "numeric".into())),
        "BOOL" => <bool as Decode<Postgres>>::decode(field).map(Found::Bool),
        "UUID" => <Uuid as Decode<Postgres>>::decode(field).map(Found::Uuid),
        "BYTEA" => <&[u8] as Decode<Postgres>>::decode(field).map(Found::Bytes),
        "TEXT" | "VARCHAR" | "NAME" | "CHAR" | "UNKNOWN" => <&str as Decode<Postgres>>::decode(field).map(Found::Text),
        _ => {
            return Err(Error::Value {
                column: column.to_owned(),
                wanted: "a type the store uses",
                found: "another",
            });
        }
    };
    value.map_err(|_| unreadable(column))
}

fn unreadable(column: &str) -> Error {
    Error::Value {
        column: column.to_owned(),
        wanted: "readable",
        found: "damaged",
    }
}

/// PostgreSQL's `sum` of BIGINT and its `avg` answer with NUMERIC where SQLite answers with INTEGER and REAL. Reading a
/// NUMERIC without decimals as a whole number and any other as a real one makes the two engines agree.
///
/// The format: number of digits, weight of the first, sign, decimals, then digits in base 10,000, each two bytes.
fn numeric(bytes: &[u8]) -> Option<Found<'static>> {
    let mut words = bytes.chunks_exact(2).map(|pair| i16::from_be_bytes([pair[0], pair[1]]));
    let (count, weight, sign, decimals) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let negative = match sign {
        0 => false,
        0x4000 => true,
        // Not a number, or infinite.
        _ => return None,
    };
    let digits: Vec<i16> = words.take(usize::try_from(count).ok()?).collect();
    if decimals == 0 {
        let mut whole: i64 = 0;
        for place in 0..=weight {
            let digit = digits.get(usize::try_from(place).ok()?).copied().unwrap_or(0);
            let digit = i64::from(if negative { -digit } else { digit });
            whole = whole.checked_mul(10_000)?.checked_add(digit)?;
        }
        return Some(Found::Int(whole));
    }
    let mut text = String::new();
    if negative {
        text.push('-');
    }
    for digit in &digits {
        text.push_str(&format!("{digit:04}"));
    }
    // The parser rounds correctly, which repeated multiplication would not.
    format!(
        "{}e{}",
        if digits.is_empty() { "0" } else { &text },
        (i32::from(weight) + 1 - i32::from(count)) * 4
    )
    .parse()
    .ok()
    .map(Found::Real)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_names_the_column_and_what_was_found_but_never_the_value() {
        let mut cells = Cells::new(["name".to_owned(), "age".to_owned()]);
        for found in ["Åse", "Bo"] {
            cells.push(Found::Text(found));
            cells.push(Found::Int(40));
        }
        let rows = cells.into_rows();
        assert_eq!(
            rows.iter()
                .map(|row| row.get::<String>(0).expect("text"))
                .collect::<Vec<_>>(),
            ["Åse", "Bo"]
        );
        let row = &rows[0];
        let error = row.get::<i64>(0).expect_err("text is no number").to_string();
        assert_eq!(error, "column name should be i64 and is text");
        assert_eq!(row.get::<i64>(1).expect("a number"), 40);
        assert!(row.get::<String>(2).is_err(), "the next row is another's");
        assert!(!format!("{row:?}").contains("Åse"));
    }

    #[test]
    fn numbers_out_of_range_are_refused() {
        assert_eq!(u32::from_value(Found::Int(-1)), None);
        assert_eq!(bool::from_value(Found::Int(2)), None);
        assert_eq!(Uuid::from_value(Found::Bytes(&[1, 2])), None);
    }

    #[derive(Debug, PartialEq)]
    struct TestId(Uuid);
    crate::impl_id_value!(TestId);

    #[derive(Debug, PartialEq, Clone, Copy)]
    enum Colour {
        Red,
    }

    impl Colour {
        fn as_str(self) -> &'static str {
            "red"
        }
    }

    impl std::str::FromStr for Colour {
        type Err = ();
        fn from_str(word: &str) -> Result<Self, ()> {
            if word == "red" { Ok(Self::Red) } else { Err(()) }
        }
    }

    crate::impl_word_value!(Colour);

    #[test]
    fn ids_and_words_of_other_crates_convert_both_ways() {
        let id = Uuid::from_u128(7);
        assert_eq!(Value::from(TestId(id)), Value::Uuid(id));
        assert_eq!(TestId::from_value(Found::Bytes(id.as_bytes())), Some(TestId(id)));
        assert_eq!(Value::from(None::<TestId>), Value::Null(Kind::Uuid));
        assert_eq!(Value::from(Colour::Red), Value::Text("red".to_owned()));
        assert_eq!(Option::<Colour>::from_value(Found::Null), Some(None));
        assert_eq!(Colour::from_value(Found::Text("blue")), None);
    }
}
