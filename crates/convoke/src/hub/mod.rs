//! A hub: a place that convenes people; the tenant.
