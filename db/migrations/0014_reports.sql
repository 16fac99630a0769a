-- Usul and sanggah of citizens with their steps, messages and photos; the brakes and counts of the open pages.
CREATE TABLE `lookup_counts` (
	`day` text NOT NULL,
	`region_code` text NOT NULL,
	`asked` integer DEFAULT 0 NOT NULL,
	`found` integer DEFAULT 0 NOT NULL,
	`refused` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`day`, `region_code`)
);
--> statement-breakpoint
CREATE TABLE `public_uses` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`subject` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `public_uses_by_subject` ON `public_uses` (`subject`,`at`);--> statement-breakpoint
CREATE INDEX `public_uses_by_time` ON `public_uses` (`at`);--> statement-breakpoint
CREATE TABLE `report_messages` (
	`id` text PRIMARY KEY NOT NULL,
	`report_id` text NOT NULL,
	`at` text NOT NULL,
	`author` text NOT NULL,
	`audience` text NOT NULL,
	`actor_id` text NOT NULL,
	`text` text NOT NULL,
	FOREIGN KEY (`report_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "report_message_author_is_known" CHECK("report_messages"."author" IN ('reporter', 'office')),
	CONSTRAINT "report_message_audience_is_known" CHECK("report_messages"."audience" IN ('reporter', 'office'))
);
--> statement-breakpoint
CREATE INDEX `report_messages_by_report` ON `report_messages` (`report_id`,`at`);--> statement-breakpoint
CREATE TABLE `report_photos` (
	`report_id` text NOT NULL,
	`position` integer NOT NULL,
	`sha256` text NOT NULL,
	`message_id` text,
	`added_at` text NOT NULL,
	PRIMARY KEY(`report_id`, `position`),
	FOREIGN KEY (`report_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sha256`) REFERENCES `files`(`sha256`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `report_photos_by_file` ON `report_photos` (`sha256`,`report_id`);--> statement-breakpoint
CREATE TABLE `report_steps` (
	`id` integer PRIMARY KEY NOT NULL,
	`report_id` text NOT NULL,
	`from_status` text,
	`to_status` text NOT NULL,
	`from_level` text,
	`to_level` text NOT NULL,
	`at` text NOT NULL,
	`actor_id` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`report_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `report_steps_by_report` ON `report_steps` (`report_id`,`id`);--> statement-breakpoint
CREATE TABLE `report_templates` (
	`code` text PRIMARY KEY NOT NULL,
	`use` text NOT NULL,
	`label` text NOT NULL,
	`retired_on` text,
	`text` text NOT NULL,
	CONSTRAINT "report_template_use_is_known" CHECK("report_templates"."use" IN ('question', 'accepted', 'refused'))
);
--> statement-breakpoint
CREATE TABLE `report_terms` (
	`valid_from` text PRIMARY KEY NOT NULL,
	`village_days` integer NOT NULL,
	`district_days` integer NOT NULL,
	`regency_days` integer NOT NULL,
	`wait_days` integer NOT NULL,
	`source` text NOT NULL,
	CONSTRAINT "report_terms_are_days" CHECK("report_terms"."village_days" BETWEEN 1 AND 90 AND "report_terms"."district_days" BETWEEN 1 AND 90 AND "report_terms"."regency_days" BETWEEN 1 AND 90 AND "report_terms"."wait_days" BETWEEN 1 AND 180)
);
--> statement-breakpoint
CREATE TABLE `reports` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`code_hash` text NOT NULL,
	`kind` text NOT NULL,
	`region_code` text NOT NULL,
	`status` text NOT NULL,
	`level` text NOT NULL,
	`due_on` text NOT NULL,
	`reply_by` text NOT NULL,
	`created_at` text NOT NULL,
	`changed_at` text NOT NULL,
	`answered_at` text,
	`answered_by` text,
	`outcome` text,
	`refusal_code` text,
	`reason_code` text NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`suspicion` text DEFAULT '' NOT NULL,
	`text_hash` text NOT NULL,
	`household_id` text,
	`relation` text NOT NULL,
	`anonymous` integer NOT NULL,
	`reporter_name` text NOT NULL,
	`reporter_contact` text DEFAULT '' NOT NULL,
	`subject_name` text NOT NULL,
	`subject_address` text DEFAULT '' NOT NULL,
	`statement` text NOT NULL,
	CONSTRAINT "report_kind_is_known" CHECK(kind IN ('usul', 'sanggah')),
	CONSTRAINT "report_status_is_known" CHECK(status IN ('received', 'examining', 'needs_more', 'answered', 'closed', 'withdrawn')),
	CONSTRAINT "report_level_is_known" CHECK(level IN ('village', 'district', 'regency')),
	CONSTRAINT "report_outcome_is_known" CHECK("reports"."outcome" IN ('accepted', 'refused')),
	CONSTRAINT "report_suspicion_is_known" CHECK("reports"."suspicion" IN ('', 'text', 'photo', 'both')),
	CONSTRAINT "report_answered_has_outcome" CHECK("reports"."status" <> 'answered' OR "reports"."outcome" IS NOT NULL)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reports_id_unique` ON `reports` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `reports_code_hash_unique` ON `reports` (`code_hash`);--> statement-breakpoint
CREATE INDEX `reports_by_place` ON `reports` (`region_code`,`status`,`level`,`due_on`,`number`);--> statement-breakpoint
CREATE INDEX `reports_by_due` ON `reports` (`status`,`due_on`,`number`);--> statement-breakpoint
CREATE INDEX `reports_by_text` ON `reports` (`text_hash`,`created_at`);
--> statement-breakpoint
CREATE TRIGGER report_steps_no_update BEFORE UPDATE ON report_steps
BEGIN SELECT RAISE(ABORT, 'report_steps is append-only'); END;
CREATE TRIGGER report_steps_no_delete BEFORE DELETE ON report_steps
BEGIN SELECT RAISE(ABORT, 'report_steps is append-only'); END;

-- Why somebody should be in, should not be in, or why a report was refused. No official list was published; an
-- administrator ends a code and adds another on /reasons.
INSERT INTO `reasons` (`kind`, `code`, `label`, `valid_from`, `source`) VALUES
('usul', 'belum_terdata', 'Keluarga kurang mampu, belum pernah didata', '2026-01-01', 'Ketentuan setempat; daftar kode resmi tidak terbit'),
('usul', 'keadaan_memburuk', 'Keadaan memburuk (kehilangan pekerjaan, sakit, musibah)', '2026-01-01', 'Ketentuan setempat; daftar kode resmi tidak terbit'),
('usul', 'bantuan_terhenti', 'Dulu menerima bantuan, sekarang terhenti padahal masih kurang mampu', '2026-01-01', 'Pemberitaan 2026 tentang penonaktifan; daftar kode resmi tidak terbit'),
('usul', 'pindah_datang', 'Baru pindah ke desa/kelurahan ini', '2026-01-01', 'Ketentuan setempat; daftar kode resmi tidak terbit'),
('usul', 'lain', 'Alasan lain (jelaskan di bawah)', '2026-01-01', 'Ketentuan setempat; daftar kode resmi tidak terbit'),
('sanggah', 'mampu', 'Sudah mampu, tidak layak menerima bantuan', '2021-01-01', 'Pemberitaan daerah tentang penonaktifan DTKS; daftar kode resmi tidak terbit'),
('sanggah', 'meninggal', 'Orangnya sudah meninggal', '2021-01-01', 'Pemberitaan daerah tentang penonaktifan DTKS; daftar kode resmi tidak terbit'),
('sanggah', 'pindah', 'Sudah pindah dari desa/kelurahan ini', '2021-01-01', 'SIKS-Droid alasan_tidak_ditemukan 1'),
('sanggah', 'asn', 'Anggota keluarga ASN, TNI atau Polri', '2021-01-01', 'Pemberitaan daerah tentang penonaktifan DTKS; daftar kode resmi tidak terbit'),
('sanggah', 'ganda', 'Tercatat dua kali', '2021-01-01', 'SIKS-Droid status rumah tangga 3'),
('sanggah', 'data_salah', 'Datanya salah (nama, alamat, anggota keluarga)', '2026-01-01', 'Ketentuan setempat; daftar kode resmi tidak terbit'),
('sanggah', 'lain', 'Alasan lain (jelaskan di bawah)', '2026-01-01', 'Ketentuan setempat; daftar kode resmi tidak terbit'),
('report_refusal', 'tidak_terbukti', 'Tidak terbukti setelah diperiksa', '2026-01-01', 'Ketentuan setempat'),
('report_refusal', 'sudah_sesuai', 'Data sudah sesuai keadaan', '2026-01-01', 'Ketentuan setempat'),
('report_refusal', 'sudah_terdaftar', 'Keluarga ini sudah terdaftar', '2026-01-01', 'Ketentuan setempat'),
('report_refusal', 'tidak_ditemukan', 'Orang atau alamatnya tidak ditemukan', '2026-01-01', 'Ketentuan setempat'),
('report_refusal', 'bukan_wilayah', 'Bukan warga desa/kelurahan ini', '2026-01-01', 'Ketentuan setempat'),
('report_refusal', 'laporan_palsu', 'Laporan tidak benar atau dikirim berulang', '2026-01-01', 'Ketentuan setempat');

INSERT INTO `report_terms` (`valid_from`, `village_days`, `district_days`, `regency_days`, `wait_days`, `source`) VALUES
('2026-01-01', 7, 5, 7, 14, 'Ketentuan setempat; batas waktu resmi tidak terbit');

INSERT INTO `report_templates` (`code`, `use`, `label`, `text`) VALUES
('minta_alamat', 'question', 'Minta alamat yang lebih jelas', 'Terima kasih atas laporan Anda. Kami belum menemukan rumahnya. Mohon tuliskan RT/RW, nama dusun, atau patokan yang mudah dicari.'),
('minta_foto', 'question', 'Minta foto rumah', 'Terima kasih atas laporan Anda. Mohon tambahkan foto rumah dari depan, bila memungkinkan, supaya kami bisa memeriksanya.'),
('diterima_usul', 'accepted', 'Usul diterima, masuk usulan desa', 'Terima kasih. Kami sudah memeriksa keadaan keluarga ini dan memasukkannya ke usulan desa. Usulan masih diperiksa Dinas Sosial dan Kementerian Sosial; keputusan bantuan bukan di desa.'),
('diterima_sanggah', 'accepted', 'Sanggah diterima, data akan diusulkan diperbaiki', 'Terima kasih. Kami sudah memeriksa dan laporan Anda benar. Perbaikan datanya kami usulkan; data baru berubah setelah ditetapkan Kementerian Sosial.'),
('ditolak_periksa', 'refused', 'Tidak terbukti setelah diperiksa', 'Terima kasih atas laporan Anda. Kami sudah memeriksa ke lapangan, dan keadaannya tidak seperti yang dilaporkan. Data tidak kami ubah.'),
('ditolak_terdaftar', 'refused', 'Sudah terdaftar', 'Terima kasih atas laporan Anda. Keluarga ini sudah terdaftar. Bila bantuannya belum diterima, silakan datang ke kantor desa/kelurahan.');
