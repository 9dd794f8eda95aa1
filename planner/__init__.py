"""What should the desk do about the inquiries that are coming?"""

import forecasts  # noqa: F401  # sets the thread limits before numpy is imported
