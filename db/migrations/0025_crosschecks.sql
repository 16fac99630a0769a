-- What does not agree between the lists of programmes and the registry, and how far programmes reach those they are for.
CREATE TABLE `crosscheck_counts` (
	`region_code` text NOT NULL,
	`kind` text NOT NULL,
	`programme` text NOT NULL,
	`sensitive` integer NOT NULL,
	`open` integer NOT NULL,
	`dismissed` integer NOT NULL,
	PRIMARY KEY(`region_code`, `kind`, `programme`, `sensitive`)
);
CREATE TABLE `crosscheck_events` (
	`id` integer PRIMARY KEY NOT NULL,
	`finding_id` integer NOT NULL,
	`from_status` text NOT NULL,
	`to_status` text NOT NULL,
	`at` text NOT NULL,
	`actor_id` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`facts` text NOT NULL,
	FOREIGN KEY (`finding_id`) REFERENCES `crosscheck_findings`(`id`) ON UPDATE no action ON DELETE no action
);
CREATE INDEX `crosscheck_events_by_finding` ON `crosscheck_events` (`finding_id`,`id`);
CREATE TABLE `crosscheck_findings` (
	`id` integer PRIMARY KEY NOT NULL,
	`subject` text NOT NULL,
	`kind` text NOT NULL,
	`key` text NOT NULL,
	`programme` text NOT NULL,
	`sensitive` integer NOT NULL,
	`recipient_id` text,
	`household_id` text,
	`family_seq` integer,
	`member_seq` integer,
	`region_code` text NOT NULL,
	`name` text NOT NULL,
	`other` text,
	`status` text NOT NULL,
	`status_at` text NOT NULL,
	`found_at` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`decided_by` text,
	`facts` text NOT NULL,
	CONSTRAINT "crosscheck_finding_kind_is_known" CHECK(kind IN ('dead', 'moved', 'unregistered', 'inactive', 'occupation', 'double', 'high_desil', 'low_desil', 'two_families')),
	CONSTRAINT "crosscheck_finding_status_is_known" CHECK(status IN ('open', 'dismissed', 'settled'))
);
CREATE UNIQUE INDEX `crosscheck_finding_once` ON `crosscheck_findings` (`subject`,`kind`,`key`);
CREATE INDEX `crosscheck_findings_by_place` ON `crosscheck_findings` (`status`,`region_code`,`name`,`id`,`kind`,`programme`,`sensitive`);
CREATE INDEX `crosscheck_findings_by_recipient` ON `crosscheck_findings` (`recipient_id`) WHERE recipient_id IS NOT NULL;
CREATE INDEX `crosscheck_findings_by_household` ON `crosscheck_findings` (`household_id`) WHERE household_id IS NOT NULL;
CREATE INDEX `crosscheck_findings_by_other` ON `crosscheck_findings` (`other`) WHERE other IS NOT NULL;
CREATE TABLE `crosscheck_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`region_code` text NOT NULL,
	`status` text NOT NULL,
	`started_by` text NOT NULL,
	`started_at` text NOT NULL,
	`finished_at` text,
	`cursor` text DEFAULT '' NOT NULL,
	`total` integer DEFAULT 0 NOT NULL,
	`done` integer DEFAULT 0 NOT NULL,
	CONSTRAINT "crosscheck_run_status_is_known" CHECK(status IN ('running', 'done', 'failed'))
);
CREATE INDEX `crosscheck_runs_by_start` ON `crosscheck_runs` (`started_at`);
CREATE TABLE `programme_reach` (
	`region_code` text NOT NULL,
	`programme` text NOT NULL,
	`desil_max` integer,
	`eligible` integer NOT NULL,
	`reached` integer NOT NULL,
	`outside` integer NOT NULL,
	`unknown` integer NOT NULL,
	`counted_at` text NOT NULL,
	`stale` integer DEFAULT false NOT NULL,
	PRIMARY KEY(`region_code`, `programme`)
);
CREATE INDEX `programme_reach_stale` ON `programme_reach` (`region_code`) WHERE stale;
CREATE TRIGGER crosscheck_events_are_not_changed BEFORE UPDATE ON crosscheck_events BEGIN SELECT raise(ABORT, 'crosscheck_events_are_append_only'); END;
CREATE TRIGGER crosscheck_events_are_not_deleted BEFORE DELETE ON crosscheck_events BEGIN SELECT raise(ABORT, 'crosscheck_events_are_append_only'); END;
CREATE TRIGGER crosscheck_findings_counted AFTER INSERT ON crosscheck_findings
BEGIN
  INSERT INTO crosscheck_counts (region_code, kind, programme, sensitive, open, dismissed)
  VALUES (NEW.region_code, NEW.kind, NEW.programme, NEW.sensitive, NEW.status = 'open', NEW.status = 'dismissed')
  ON CONFLICT DO UPDATE SET open = open + excluded.open, dismissed = dismissed + excluded.dismissed;
END;
CREATE TRIGGER crosscheck_findings_recounted AFTER UPDATE OF region_code, status, sensitive ON crosscheck_findings
BEGIN
  UPDATE crosscheck_counts SET open = open - (OLD.status = 'open'), dismissed = dismissed - (OLD.status = 'dismissed')
  WHERE region_code = OLD.region_code AND kind = OLD.kind AND programme = OLD.programme AND sensitive = OLD.sensitive;
  INSERT INTO crosscheck_counts (region_code, kind, programme, sensitive, open, dismissed)
  VALUES (NEW.region_code, NEW.kind, NEW.programme, NEW.sensitive, NEW.status = 'open', NEW.status = 'dismissed')
  ON CONFLICT DO UPDATE SET open = open + excluded.open, dismissed = dismissed + excluded.dismissed;
END;
-- Whose family is left out of aid: a code of question 421, for each programme. Programmes that one family may not have at
-- once would stand here as list 'contradicts' with the other programme as code; of these four none does.
INSERT INTO programme_words (programme, list, code, label, kind, valid_from, source) VALUES
	('pkh', 'excluded_employment', '5', 'PNS/TNI/Polri/BUMN/BUMD/anggota legislatif', '', '2020-01-01', 'Praktik penyaluran: keluarga ASN, TNI, dan Polri dikecualikan; periksa dasar hukumnya di daerah'),
	('sembako', 'excluded_employment', '5', 'PNS/TNI/Polri/BUMN/BUMD/anggota legislatif', '', '2020-01-01', 'Praktik penyaluran: keluarga ASN, TNI, dan Polri dikecualikan; periksa dasar hukumnya di daerah'),
	('pbi', 'excluded_employment', '5', 'PNS/TNI/Polri/BUMN/BUMD/anggota legislatif', '', '2020-01-01', 'Keterangan Pusdatin Kemensos Februari 2026: keluarga ASN, TNI, dan Polri ditandai exclude');
