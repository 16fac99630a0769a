-- A finding of a household is found by its subject; a recipient's family knows who stands in which programme.
DROP INDEX `crosscheck_findings_by_household`;
DROP INDEX `recipients_by_household`;
CREATE INDEX `recipients_by_household` ON `recipients` (`household_id`,`family_seq`,`programme`,`member_seq`) WHERE household_id IS NOT NULL;
