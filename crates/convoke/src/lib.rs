//! What the product can do, a folder for each capability.
