-- What waits for Dinsos in a whole kabupaten, by time and by weight.
CREATE INDEX `households_checked` ON `households` (substr(region_code, 1, 5),`stage_at`,`number`,`officer_id`,`outcome`,`flag_count`) WHERE stage = 'checked';
--> statement-breakpoint
CREATE INDEX `households_checked_by_weight` ON `households` (substr(region_code, 1, 5),flag_weight DESC,`stage_at`,`number`,`officer_id`,`outcome`) WHERE stage = 'checked' AND flag_weight > 0;
