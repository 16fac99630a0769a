-- A finding is known by its recipient, or by the family that gets nothing. Families by the number of their household: those of
-- a desa lie together, so that what a run writes touches few pages, where random ids touched as many as there were findings.
ALTER TABLE `crosscheck_findings` ADD `household_number` integer;
UPDATE crosscheck_findings SET household_number = (SELECT number FROM households h WHERE h.id = crosscheck_findings.household_id) WHERE recipient_id IS NULL;
DROP INDEX `crosscheck_finding_once`;
DROP INDEX `crosscheck_findings_by_recipient`;
CREATE UNIQUE INDEX `crosscheck_finding_of_recipient` ON `crosscheck_findings` (`recipient_id`,`kind`,`key`) WHERE recipient_id IS NOT NULL;
CREATE UNIQUE INDEX `crosscheck_finding_of_family` ON `crosscheck_findings` (`household_number`,`family_seq`,`kind`,`key`) WHERE recipient_id IS NULL;
