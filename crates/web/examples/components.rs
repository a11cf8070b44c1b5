//! Serves the page of all components, to look at: `cargo run -p tovholder-web --example components` and then
//! <http://127.0.0.1:8088/udvikling/komponenter>.

#[cfg(debug_assertions)]
#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 8088)).await?;
    println!("http://127.0.0.1:8088/udvikling/komponenter (also /medarbejder, /gaest and /fejl below it)");
    axum::serve(listener, tovholder_web::kit::gallery::routes::<()>()).await
}

#[cfg(not(debug_assertions))]
fn main() {
    println!("The page of components is not part of a release build.");
}
