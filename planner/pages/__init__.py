"""One plain Streamlit script per question of the manager, in the order of the work."""
