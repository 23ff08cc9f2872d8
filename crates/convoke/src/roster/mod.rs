//! Who is in which team of a hackathon; ideas and join requests.
