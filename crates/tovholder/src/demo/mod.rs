//! The demo municipality: an invented place with invented people, for showing and testing the whole system.

#[allow(
    dead_code,
    unused_imports,
    reason = "a wardrobe: the generator takes the texts it needs"
)]
pub mod texts;
pub struct DemoOptions {
    pub citizens: u32,
    pub seed: u64,
    pub today: jiff::civil::Date,
}
pub async fn build(
    _db: &tovholder_store::db::Db,
    _o: &DemoOptions,
    _p: impl FnMut(u32, u32),
) -> Result<(), tovholder_store::db::Error> {
    Ok(())
}
pub async fn people(
    _c: &mut tovholder_store::db::Conn,
) -> Result<Vec<tovholder_web::Person>, tovholder_store::db::Error> {
    Ok(vec![])
}
pub async fn is_empty(_c: &mut tovholder_store::db::Conn) -> Result<bool, tovholder_store::db::Error> {
    Ok(true)
}
