-- Aid that a desa (BLT Dana Desa) or a kabupaten/kota gives from its own budget: what it is, who decided on whom, what was paid.
ALTER TABLE `programme_settings` DROP CONSTRAINT "programme_setting_is_of_a_programme";
ALTER TABLE `programme_settings` ADD CONSTRAINT "programme_setting_is_of_a_programme" CHECK(programme IN ('pkh', 'sembako', 'pbi', 'ppks', 'blt', 'apbd'));
ALTER TABLE `programme_words` DROP CONSTRAINT "programme_word_is_of_a_programme";
ALTER TABLE `programme_words` ADD CONSTRAINT "programme_word_is_of_a_programme" CHECK(programme IN ('pkh', 'sembako', 'pbi', 'ppks', 'blt', 'apbd'));
ALTER TABLE `programme_periods` DROP CONSTRAINT "programme_period_is_of_a_programme";
ALTER TABLE `programme_periods` ADD CONSTRAINT "programme_period_is_of_a_programme" CHECK(programme IN ('pkh', 'sembako', 'pbi', 'ppks', 'blt', 'apbd'));
ALTER TABLE `recipients` DROP CONSTRAINT "recipient_is_of_a_programme";
ALTER TABLE `recipients` ADD CONSTRAINT "recipient_is_of_a_programme" CHECK(programme IN ('pkh', 'sembako', 'pbi', 'ppks', 'blt', 'apbd'));
ALTER TABLE `recipient_changes` DROP CONSTRAINT "recipient_change_is_of_a_programme";
ALTER TABLE `recipient_changes` ADD CONSTRAINT "recipient_change_is_of_a_programme" CHECK(programme IN ('pkh', 'sembako', 'pbi', 'ppks', 'blt', 'apbd'));
ALTER TABLE `recipient_batches` DROP CONSTRAINT "recipient_batch_is_of_a_programme";
ALTER TABLE `recipient_batches` ADD CONSTRAINT "recipient_batch_is_of_a_programme" CHECK(programme IN ('pkh', 'sembako', 'pbi', 'ppks', 'blt', 'apbd'));
CREATE TABLE `local_programmes` (
	`id` text PRIMARY KEY NOT NULL,
	`programme` text NOT NULL,
	`name` text NOT NULL,
	`region_code` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	`amount` integer NOT NULL,
	`basis` text DEFAULT '' NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`made_by` text NOT NULL,
	`made_at` text NOT NULL,
	`closed_by` text,
	`closed_at` text,
	`closed_note` text DEFAULT '' NOT NULL,
	`finished_at` text,
	FOREIGN KEY (`made_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`closed_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "local_programme_is_of_a_kind" CHECK(programme IN ('blt', 'apbd')),
	CONSTRAINT "local_programme_months_are_in_order" CHECK("local_programmes"."starts_on" <= "local_programmes"."ends_on" AND substr("local_programmes"."starts_on", 1, 4) = substr("local_programmes"."ends_on", 1, 4)),
	CONSTRAINT "local_programme_amount_is_positive" CHECK("local_programmes"."amount" > 0)
);
CREATE TABLE `local_decisions` (
	`id` text PRIMARY KEY NOT NULL,
	`programme_id` text NOT NULL,
	`kind` text NOT NULL,
	`region_code` text NOT NULL,
	`number` text NOT NULL,
	`date` text NOT NULL,
	`from_month` text NOT NULL,
	`families` integer NOT NULL,
	`made_by` text NOT NULL,
	`made_at` text NOT NULL,
	FOREIGN KEY (`programme_id`) REFERENCES `local_programmes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`made_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "local_decision_kind_is_known" CHECK("local_decisions"."kind" IN ('minutes', 'letter'))
);
CREATE TABLE `local_payments` (
	`id` text PRIMARY KEY NOT NULL,
	`programme_id` text NOT NULL,
	`recipient_id` text NOT NULL,
	`region_code` text NOT NULL,
	`month` text NOT NULL,
	`amount` integer NOT NULL,
	`paid_on` text NOT NULL,
	`cause` text NOT NULL,
	`recorded_by` text NOT NULL,
	`recorded_at` text NOT NULL,
	`cancelled_by` text,
	`cancelled_at` text,
	`cancelled_note` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`programme_id`) REFERENCES `local_programmes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recipient_id`) REFERENCES `recipients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recorded_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`cancelled_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "local_payment_amount_is_positive" CHECK("local_payments"."amount" > 0),
	CONSTRAINT "local_payment_is_taken_back_whole" CHECK(("local_payments"."cancelled_at" IS NULL) = ("local_payments"."cancelled_by" IS NULL))
);
CREATE INDEX `local_programmes_by_region` ON `local_programmes` (`region_code`,`starts_on`,`id`);
CREATE INDEX `local_programmes_running` ON `local_programmes` (`ends_on`) WHERE finished_at IS NULL;
CREATE INDEX `local_programmes_closed` ON `local_programmes` (`closed_at`) WHERE finished_at IS NULL;
CREATE INDEX `local_decisions_by_programme` ON `local_decisions` (`programme_id`,`made_at`);
CREATE UNIQUE INDEX `local_payment_once_a_month` ON `local_payments` (`recipient_id`,`month`) WHERE cancelled_at IS NULL;
CREATE INDEX `local_payments_by_recipient` ON `local_payments` (`recipient_id`,`recorded_at`);
CREATE INDEX `local_payments_by_programme` ON `local_payments` (`programme_id`,`region_code`,`month`,`amount`) WHERE cancelled_at IS NULL;
CREATE INDEX `recipients_of_local` ON `recipients` (`variant`,`region_code`,`name`,`id`,`state`,`phase`) WHERE programme IN ('blt', 'apbd');
INSERT INTO programme_words (programme, list, code, label, kind, valid_from, source) VALUES
	('blt', 'removal', 'deceased', 'Meninggal dunia tanpa anggota keluarga lain', '', '2020-04-01', 'Praktik BLT Dana Desa dan bantuan APBD (pengetahuan umum; sesuaikan dengan ketentuan tahun berjalan)'),
	('blt', 'removal', 'moved', 'Pindah ke luar wilayah program', '', '2020-04-01', 'Praktik BLT Dana Desa dan bantuan APBD (pengetahuan umum; sesuaikan dengan ketentuan tahun berjalan)'),
	('blt', 'removal', 'capable', 'Sudah mampu', '', '2020-04-01', 'Praktik BLT Dana Desa dan bantuan APBD (pengetahuan umum; sesuaikan dengan ketentuan tahun berjalan)'),
	('blt', 'removal', 'other_aid', 'Sudah menerima PKH, Sembako, atau bantuan lain', '', '2020-04-01', 'Praktik BLT Dana Desa dan bantuan APBD (pengetahuan umum; sesuaikan dengan ketentuan tahun berjalan)'),
	('blt', 'removal', 'double', 'Tercatat dua kali', '', '2020-04-01', 'Praktik BLT Dana Desa dan bantuan APBD (pengetahuan umum; sesuaikan dengan ketentuan tahun berjalan)'),
	('blt', 'removal', 'not_found', 'Tidak ditemukan', '', '2020-04-01', 'Praktik BLT Dana Desa dan bantuan APBD (pengetahuan umum; sesuaikan dengan ketentuan tahun berjalan)'),
	('blt', 'removal', 'excluded_work', 'Anggota keluarga ASN, TNI, Polri, perangkat desa, atau pegawai BUMN/BUMD', '', '2020-04-01', 'Praktik BLT Dana Desa dan bantuan APBD (pengetahuan umum; sesuaikan dengan ketentuan tahun berjalan)'),
	('blt', 'removal', 'musyawarah', 'Diganti menurut musyawarah', '', '2020-04-01', 'Praktik BLT Dana Desa dan bantuan APBD (pengetahuan umum; sesuaikan dengan ketentuan tahun berjalan)'),
	('blt', 'removal', 'mistake', 'Keliru dicatat', '', '2020-04-01', 'Praktik BLT Dana Desa dan bantuan APBD (pengetahuan umum; sesuaikan dengan ketentuan tahun berjalan)'),
	('apbd', 'removal', 'deceased', 'Meninggal dunia tanpa anggota keluarga lain', '', '2020-04-01', 'Praktik BLT Dana Desa dan bantuan APBD (pengetahuan umum; sesuaikan dengan ketentuan tahun berjalan)'),
	('apbd', 'removal', 'moved', 'Pindah ke luar wilayah program', '', '2020-04-01', 'Praktik BLT Dana Desa dan bantuan APBD (pengetahuan umum; sesuaikan dengan ketentuan tahun berjalan)'),
	('apbd', 'removal', 'capable', 'Sudah mampu', '', '2020-04-01', 'Praktik BLT Dana Desa dan bantuan APBD (pengetahuan umum; sesuaikan dengan ketentuan tahun berjalan)'),
	('apbd', 'removal', 'other_aid', 'Sudah menerima PKH, Sembako, atau bantuan lain', '', '2020-04-01', 'Praktik BLT Dana Desa dan bantuan APBD (pengetahuan umum; sesuaikan dengan ketentuan tahun berjalan)'),
	('apbd', 'removal', 'double', 'Tercatat dua kali', '', '2020-04-01', 'Praktik BLT Dana Desa dan bantuan APBD (pengetahuan umum; sesuaikan dengan ketentuan tahun berjalan)'),
	('apbd', 'removal', 'not_found', 'Tidak ditemukan', '', '2020-04-01', 'Praktik BLT Dana Desa dan bantuan APBD (pengetahuan umum; sesuaikan dengan ketentuan tahun berjalan)'),
	('apbd', 'removal', 'excluded_work', 'Anggota keluarga ASN, TNI, Polri, perangkat desa, atau pegawai BUMN/BUMD', '', '2020-04-01', 'Praktik BLT Dana Desa dan bantuan APBD (pengetahuan umum; sesuaikan dengan ketentuan tahun berjalan)'),
	('apbd', 'removal', 'musyawarah', 'Diganti menurut musyawarah', '', '2020-04-01', 'Praktik BLT Dana Desa dan bantuan APBD (pengetahuan umum; sesuaikan dengan ketentuan tahun berjalan)'),
	('apbd', 'removal', 'mistake', 'Keliru dicatat', '', '2020-04-01', 'Praktik BLT Dana Desa dan bantuan APBD (pengetahuan umum; sesuaikan dengan ketentuan tahun berjalan)'),
	('blt', 'contradicts', 'pkh', 'PKH', '', '2020-04-01', 'BLT Dana Desa untuk keluarga yang tidak menerima PKH dan Program Sembako (pengetahuan umum; sesuaikan dengan ketentuan tahun berjalan)'),
	('blt', 'contradicts', 'sembako', 'Program Sembako', '', '2020-04-01', 'BLT Dana Desa untuk keluarga yang tidak menerima PKH dan Program Sembako (pengetahuan umum; sesuaikan dengan ketentuan tahun berjalan)');
