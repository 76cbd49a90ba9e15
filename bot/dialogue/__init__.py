"""The screens of a dialogue: what people see, and what their gestures mean."""
