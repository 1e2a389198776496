"""The pages of a site; `site_plan` lists them."""
