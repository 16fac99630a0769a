-- Every word now lies in search_words by how it begins, too ("=" before it); those of records that were there before are learned again.
UPDATE followers SET finished_at = NULL WHERE name = 'words';
--> statement-breakpoint
CREATE INDEX `regions_by_bps` ON `regions` (`bps_code`) WHERE bps_code IS NOT NULL;
