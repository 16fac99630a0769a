-- How long the name and contact of a reporter are kept after the report is closed, and when they were removed.
ALTER TABLE `report_terms` ADD COLUMN `retention_months` integer DEFAULT 24 NOT NULL CONSTRAINT "report_terms_retention_is_months" CHECK(retention_months BETWEEN 1 AND 120);--> statement-breakpoint
ALTER TABLE `reports` ADD COLUMN `reporter_removed_at` text;--> statement-breakpoint
CREATE INDEX `reports_keeping_reporter` ON `reports` (`changed_at`,`number`) WHERE reporter_removed_at IS NULL AND status IN ('closed', 'withdrawn');
