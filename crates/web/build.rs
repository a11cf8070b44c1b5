//! What is made before the crate compiles.

#[path = "build/assets.rs"]
mod assets;
#[path = "build/fluent.rs"]
mod fluent;

fn main() {
    fluent::build();
    assets::build();
}
