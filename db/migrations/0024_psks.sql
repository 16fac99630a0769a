-- PSKS: people and institutions that serve in a place. kind of a word: whether it is a person or an institution.
CREATE TABLE `psks` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`institution` integer NOT NULL,
	`region_code` text NOT NULL,
	`name` text NOT NULL,
	`contact_name` text DEFAULT '' NOT NULL,
	`phone` text DEFAULT '' NOT NULL,
	`address` text DEFAULT '' NOT NULL,
	`certificate` text DEFAULT '' NOT NULL,
	`active_from` text NOT NULL,
	`active_to` text,
	`end_reason` text DEFAULT '' NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`added_by` text NOT NULL,
	`added_at` text NOT NULL,
	CONSTRAINT "psks_ends_after_it_begins" CHECK("psks"."active_to" IS NULL OR "psks"."active_to" >= "psks"."active_from")
);
CREATE INDEX `psks_by_name` ON `psks` (`name`,`id`,`region_code`,`kind`,`active_to`);
CREATE INDEX `psks_by_region` ON `psks` (`region_code`,`kind`,`name`);
INSERT INTO programme_words (programme, list, code, label, kind, valid_from, source) VALUES
	('ppks', 'psks_kind', 'psp', 'Pekerja sosial profesional', 'person', '2012-01-01', 'Permensos 8/2012'),
	('ppks', 'psks_kind', 'psm', 'Pekerja sosial masyarakat (PSM)', 'person', '2012-01-01', 'Permensos 8/2012'),
	('ppks', 'psks_kind', 'tagana', 'Taruna siaga bencana (Tagana)', 'person', '2012-01-01', 'Permensos 8/2012'),
	('ppks', 'psks_kind', 'lks', 'Lembaga kesejahteraan sosial (LKS)', 'institution', '2012-01-01', 'Permensos 8/2012'),
	('ppks', 'psks_kind', 'karang_taruna', 'Karang taruna', 'institution', '2012-01-01', 'Permensos 8/2012'),
	('ppks', 'psks_kind', 'lk3', 'Lembaga konsultasi kesejahteraan keluarga (LK3)', 'institution', '2012-01-01', 'Permensos 8/2012'),
	('ppks', 'psks_kind', 'keluarga_pioneer', 'Keluarga pioneer', 'person', '2012-01-01', 'Permensos 8/2012'),
	('ppks', 'psks_kind', 'wksbm', 'Wahana kesejahteraan sosial keluarga berbasis masyarakat (WKSBM)', 'institution', '2012-01-01', 'Permensos 8/2012'),
	('ppks', 'psks_kind', 'wkps', 'Wanita pemimpin kesejahteraan sosial (WPKS)', 'person', '2012-01-01', 'Permensos 8/2012'),
	('ppks', 'psks_kind', 'penyuluh_sosial', 'Penyuluh sosial', 'person', '2012-01-01', 'Permensos 8/2012'),
	('ppks', 'psks_kind', 'tksk', 'Tenaga kesejahteraan sosial kecamatan (TKSK)', 'person', '2012-01-01', 'Permensos 8/2012'),
	('ppks', 'psks_kind', 'dunia_usaha', 'Dunia usaha', 'institution', '2012-01-01', 'Permensos 8/2012'),
	('ppks', 'psks_kind', 'forum_csr', 'Forum CSR', 'institution', '2012-01-01', 'Praktik aplikasi Dinsos provinsi'),
	('ppks', 'psks_kind', 'family_care_unit', 'Family Care Unit', 'institution', '2012-01-01', 'Praktik aplikasi Dinsos provinsi');
