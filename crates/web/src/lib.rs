//! The frame of every page: layout, forms, assets, headers, the accept loop.
