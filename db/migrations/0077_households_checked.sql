CREATE INDEX `households_checked` ON `households` (substr(region_code, 1, 5),`stage_at`,`number`,`officer_id`) WHERE stage = 'checked';
