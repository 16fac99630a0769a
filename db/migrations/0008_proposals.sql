-- Usulan perbaikan, nonaktif dan baru: their cases, steps, places in a ratification batch, and the dated table of reasons.
CREATE TABLE `batch_proposals` (
	`batch_id` text NOT NULL,
	`proposal_id` text NOT NULL,
	`region_code` text NOT NULL,
	`position` integer NOT NULL,
	`plan_hash` text NOT NULL,
	`change_count` integer DEFAULT 0 NOT NULL,
	`decision` text DEFAULT 'pending' NOT NULL,
	`reason` text DEFAULT '' NOT NULL,
	`decided_by` text,
	`decided_at` text,
	`failures` text NOT NULL,
	`basis` text NOT NULL,
	`plan` text NOT NULL,
	PRIMARY KEY(`batch_id`, `proposal_id`),
	FOREIGN KEY (`batch_id`) REFERENCES `batches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`proposal_id`) REFERENCES `proposals`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "batch_proposal_decision_is_known" CHECK("batch_proposals"."decision" IN ('pending', 'accepted', 'returned'))
);

CREATE INDEX `batch_proposals_by_decision` ON `batch_proposals` (`batch_id`,`decision`,`position`);
CREATE INDEX `batch_proposals_by_proposal` ON `batch_proposals` (`proposal_id`);
CREATE TABLE `proposal_households` (
	`proposal_id` text NOT NULL,
	`household_id` text NOT NULL,
	PRIMARY KEY(`proposal_id`, `household_id`),
	FOREIGN KEY (`proposal_id`) REFERENCES `proposals`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action
);

CREATE INDEX `proposal_households_by_household` ON `proposal_households` (`household_id`);
CREATE TABLE `proposal_steps` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`proposal_id` text NOT NULL,
	`from_status` text,
	`to_status` text NOT NULL,
	`at` text NOT NULL,
	`actor_id` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`subject` text,
	FOREIGN KEY (`proposal_id`) REFERENCES `proposals`(`id`) ON UPDATE no action ON DELETE no action
);

CREATE INDEX `proposal_steps_by_proposal` ON `proposal_steps` (`proposal_id`,`id`);
CREATE TABLE `proposals` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`region_code` text NOT NULL,
	`target_region_code` text,
	`household_id` text,
	`head_name` text NOT NULL,
	`status` text NOT NULL,
	`status_at` text NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`reason_code` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`musdes_id` text,
	`minutes_number` text,
	`minutes_date` text,
	`report_id` text,
	`proposed_by` text NOT NULL,
	`proposed_at` text NOT NULL,
	`basis` text NOT NULL,
	`change` text NOT NULL,
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`musdes_id`) REFERENCES `musdes`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "proposal_kind_is_known" CHECK(kind IN ('new', 'correction', 'birth', 'death', 'marriage', 'member_move', 'family_split', 'family_merge', 'household_move', 'deactivation', 'reactivation', 'undo')),
	CONSTRAINT "proposal_status_is_known" CHECK(status IN ('draft', 'submitted', 'released', 'checked', 'verified', 'listed', 'batched', 'ratified', 'dispatched', 'determined', 'returned', 'rejected', 'withdrawn'))
);

CREATE INDEX `proposals_by_place` ON `proposals` (`status`,`region_code`,`status_at`,`id`,`kind`,`reason_code`,`proposed_by`);
CREATE INDEX `proposals_by_time` ON `proposals` (`status`,`status_at`,`id`,`region_code`,`kind`,`reason_code`,`proposed_by`);
CREATE INDEX `proposals_by_target` ON `proposals` (`status`,`target_region_code`,`status_at`,`id`) WHERE target_region_code IS NOT NULL;
CREATE INDEX `proposals_by_proposer` ON `proposals` (`proposed_by`,`status`,`status_at`,`id`);
CREATE INDEX `proposals_by_report` ON `proposals` (`report_id`) WHERE report_id IS NOT NULL;
CREATE TABLE `reasons` (
	`kind` text NOT NULL,
	`code` text NOT NULL,
	`label` text NOT NULL,
	`valid_from` text NOT NULL,
	`valid_to` text,
	`source` text NOT NULL,
	PRIMARY KEY(`kind`, `code`, `valid_from`),
	CONSTRAINT "reason_ends_after_it_begins" CHECK("reasons"."valid_to" IS NULL OR "reasons"."valid_to" >= "reasons"."valid_from")
);

-- The official list of reasons was never published: these are the attested ones, each with where it stands. An
-- administrator ends a code and adds another on /reasons.
INSERT INTO `reasons` (`kind`, `code`, `label`, `valid_from`, `source`) VALUES
('deactivation', 'meninggal', 'Meninggal, tidak ada anggota lagi', '2021-01-01', 'Pemberitaan daerah tentang penonaktifan DTKS; daftar kode resmi tidak terbit'),
('deactivation', 'pindah', 'Pindah alamat, tidak diketahui tujuannya', '2021-01-01', 'Pemberitaan daerah tentang penonaktifan DTKS; SIKS-Droid alasan_tidak_ditemukan 1'),
('deactivation', 'mampu', 'Sudah mampu, tidak layak lagi', '2021-01-01', 'Pemberitaan daerah tentang penonaktifan DTKS; daftar kode resmi tidak terbit'),
('deactivation', 'ganda', 'Data ganda', '2021-01-01', 'Pemberitaan daerah tentang penonaktifan DTKS; SIKS-Droid status rumah tangga 3'),
('deactivation', 'asn', 'Anggota keluarga ASN, TNI atau Polri', '2021-01-01', 'Pemberitaan daerah tentang penonaktifan DTKS; daftar kode resmi tidak terbit'),
('deactivation', 'gaji_ump', 'Penghasilan di atas upah minimum', '2021-01-01', 'Pemberitaan daerah tentang penonaktifan DTKS; daftar kode resmi tidak terbit'),
('deactivation', 'tidak_ditemukan', 'Alamat tidak ada di desa/kelurahan setempat', '2019-01-01', 'SIKS-Droid alasan_tidak_ditemukan 4'),
('deactivation', 'bergabung', 'Bergabung dengan rumah tangga lain', '2019-01-01', 'SIKS-Droid hasil verivali 4'),
('deactivation', 'pembatalan', 'Pencatatannya dibatalkan', '2026-01-01', 'Ketentuan setempat'),
('reactivation', 'keliru', 'Penonaktifan keliru', '2026-01-01', 'Ketentuan setempat'),
('reactivation', 'ditemukan', 'Ditemukan kembali', '2026-01-01', 'Ketentuan setempat'),
('reactivation', 'miskin_kembali', 'Keadaan memburuk, layak kembali', '2026-01-01', 'Ketentuan setempat'),
('correction', 'salah_catat', 'Salah catat', '2026-01-01', 'Ketentuan setempat'),
('correction', 'dokumen', 'Dokumen kependudukan berubah', '2013-12-24', 'UU 24/2013 tentang Administrasi Kependudukan'),
('correction', 'keadaan', 'Keadaan rumah atau penghidupan berubah', '2026-01-01', 'Ketentuan setempat'),
('birth', 'lahir', 'Kelahiran', '2013-12-24', 'UU 24/2013: peristiwa penting'),
('death', 'meninggal', 'Kematian', '2013-12-24', 'UU 24/2013: peristiwa penting; SIKS-Droid keberadaan anggota 2'),
('marriage', 'menikah', 'Perkawinan', '2013-12-24', 'UU 24/2013: peristiwa penting'),
('member_move', 'pindah_anggota', 'Anggota pindah rumah tangga', '2019-01-01', 'SIKS-Droid keberadaan anggota 3'),
('family_split', 'pecah_kk', 'Pisah KK', '2013-12-24', 'UU 24/2013: peristiwa kependudukan'),
('family_merge', 'gabung', 'Bergabung menjadi satu dapur', '2019-01-01', 'SIKS-Droid hasil verivali 4'),
('household_move', 'pindah_datang', 'Pindah datang', '2013-12-24', 'UU 24/2013: peristiwa kependudukan'),
('new', 'usulan_musdes', 'Usulan musyawarah desa/kelurahan', '2019-01-01', 'SIKS-Droid status rumah tangga 4'),
('new', 'usulan_warga', 'Usulan warga', '2021-11-18', 'Kemensos: usul-sanggah adalah salah satu jalur pemutakhiran'),
('new', 'bencana', 'Korban bencana', '2021-11-18', 'Kemensos: bencana adalah salah satu jalur pemutakhiran'),
('undo', 'pembatalan', 'Perubahan sebelumnya keliru', '2026-01-01', 'Ketentuan setempat');
