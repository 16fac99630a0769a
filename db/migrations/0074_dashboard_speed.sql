DROP INDEX `dashboard_officers_by_day`;--> statement-breakpoint
CREATE INDEX `dashboard_officers_by_place` ON `dashboard_officers` (`round`,`kind`,`region_code`,`day`,`count`);
