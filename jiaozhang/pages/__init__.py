"""The pages of a site. `site_plan` says which there are."""
