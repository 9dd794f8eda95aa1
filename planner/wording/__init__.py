"""Every Japanese word shown, with its unit. ``forecasts`` returns codes and numbers; this makes Japanese."""
