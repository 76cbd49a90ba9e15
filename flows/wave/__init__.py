"""Anonymous waves (5.3): what a ballot may say, how it is added up, what is kept, what may be shown. Pure."""
