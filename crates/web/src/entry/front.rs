//! `/`: everybody's first page is another.

use axum::response::Redirect;
use tovholder_store::sessions::Role;

use crate::kit::visit::Guest;

/// Sends each to their own first page.
pub async fn get(guest: Guest) -> Redirect {
    Redirect::to(match guest.user {
        None => "/log-in",
        Some(user) => first_page(user.role),
    })
}

/// The first page of a role; none for a citizen.
#[must_use]
pub const fn first_page(role: Option<Role>) -> &'static str {
    match role {
        None => "/my-plan",
        Some(Role::Caseworker) => "/day",
        Some(Role::Consultant) => "/companies",
        Some(Role::TeamLeader | Role::Head) => "/team",
        Some(Role::Administrator) => "/setup",
    }
}
