use crate::testing::*;

#[tokio::test]
async fn who_is_not_logged_in_is_asked_to_and_comes_back() {
    let town = Town::sqlite().await;
    town.guest().get("/").await.redirects_to("/log-in");
    let page = town.guest().get("/log-in?next=/my-plan").await;
    page.ok().has("/my-plan");
}

#[tokio::test]
async fn a_page_that_is_not_there_says_so_in_the_users_language() {
    let town = Town::sqlite().await;
    town.guest()
        .get("/findes-ikke")
        .await
        .not_found()
        .has("Siden findes ikke");
    town.guest()
        .in_english()
        .get("/findes-ikke")
        .await
        .not_found()
        .lacks("Siden findes ikke");
}

#[tokio::test]
async fn a_form_without_the_sessions_token_is_refused() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let page = karen.post("/log-out", &[]).await;
    page.redirects_to("/log-in");
    let forged = karen.post("/draft/day", &[("_csrf", "x")]).await;
    assert!(forged.location.starts_with("/log-in"), "the session has ended");
}

#[tokio::test]
async fn a_draft_is_kept_and_thrown_away() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let saved = karen.post("/draft/plans/x", &[("note", "halvt skrevet")]).await;
    assert_eq!(saved.status, axum::http::StatusCode::NO_CONTENT);
    let find = async || {
        let mut conn = town.app.db.read().await.expect("reads");
        tovholder_store::drafts::find(&mut conn, KAREN.0, "/plans/x")
            .await
            .expect("reads")
    };
    assert_eq!(find().await.expect("is kept").body, "note=halvt+skrevet");
    karen.post("/discard-draft/plans/x", &[]).await.redirects_to("/plans/x");
    assert_eq!(find().await, None);
}

#[tokio::test]
async fn the_probes_answer() {
    let town = Town::sqlite().await;
    town.guest().get("/livez").await.ok().has("ok");
    town.guest().get("/readyz").await.ok().has("ready");
}
