//! What is made before the crate compiles.

#[path = "build/fluent.rs"]
mod fluent;

fn main() {
    fluent::build();
}
