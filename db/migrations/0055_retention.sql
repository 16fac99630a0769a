-- Rules of keeping and deleting, and the record of processing activities, as dated data with their source.
CREATE TABLE `retention_rules` (
	`kind` text NOT NULL,
	`valid_from` text NOT NULL,
	`days` integer,
	`source` text NOT NULL,
	`set_by` text NOT NULL,
	`set_at` text NOT NULL,
	PRIMARY KEY(`kind`, `valid_from`)
);
CREATE TABLE `retention_runs` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`at` text NOT NULL,
	`deleted` integer NOT NULL
);
CREATE INDEX `retention_runs_by_time` ON `retention_runs` (`at`);
CREATE INDEX `retention_runs_by_kind` ON `retention_runs` (`kind`,`at`);
CREATE TABLE `processing_activities` (
	`code` text NOT NULL,
	`valid_from` text NOT NULL,
	`position` integer NOT NULL,
	`title` text NOT NULL,
	`purpose` text NOT NULL,
	`legal_basis` text NOT NULL,
	`subjects` text NOT NULL,
	`categories` text NOT NULL,
	`special` text NOT NULL,
	`recipients` text NOT NULL,
	`retention` text NOT NULL,
	`measures` text NOT NULL,
	`source` text NOT NULL,
	PRIMARY KEY(`code`, `valid_from`)
);
INSERT INTO retention_rules (kind, valid_from, days, source, set_by, set_at) VALUES
	('households', '2026-01-01', NULL, 'Permensos 3/2021: data terpadu dipelihara terus; UU 43/2009 tentang kearsipan; pengecualian UU 27/2022 pasal 15 (kepentingan umum)', 'system', '2026-01-01T00:00:00.000Z'),
	('audit', '2026-01-01', NULL, 'UU 27/2022 pasal 31; Perban BPS 6/2025 pasal 29 (catatan aktivitas); jejak berantai tidak dapat dihapus sebagian', 'system', '2026-01-01T00:00:00.000Z'),
	('drafts', '2026-01-01', 180, 'UU 27/2022 pasal 16 ayat 2 huruf g: dihapus setelah tidak diperlukan. Konsep kunjungan rumah tangga yang bukan lagi tugas petugasnya', 'system', '2026-01-01T00:00:00.000Z'),
	('incoming', '2026-01-01', 30, 'UU 27/2022 pasal 16 ayat 2 huruf g: potongan kiriman yang tidak pernah selesai', 'system', '2026-01-01T00:00:00.000Z'),
	('import_rows', '2026-01-01', 90, 'UU 27/2022 pasal 16 ayat 2 huruf a (terbatas dan spesifik): baris impor yang dibatalkan atau gagal', 'system', '2026-01-01T00:00:00.000Z'),
	('posts', '2026-01-01', 400, 'Aturan sistem: kunci agar kiriman ulang tidak tercatat dua kali; tidak berisi data pribadi', 'system', '2026-01-01T00:00:00.000Z'),
	('breach_lists', '2026-01-01', 1825, 'UU 27/2022 pasal 46; disimpan 5 tahun sebagai bukti pemberitahuan', 'system', '2026-01-01T00:00:00.000Z'),
	('cases', '2026-01-01', 1825, 'UU 27/2022 pasal 6 sampai 8; nama pemohon disimpan 5 tahun sebagai bukti jawaban', 'system', '2026-01-01T00:00:00.000Z'),
	('exports', '2026-01-01', 90, 'Perban BPS 6/2025 pasal 23-24 (BAST): paling lama 90 hari, atau sampai tanggal pada berita acara', 'system', '2026-01-01T00:00:00.000Z'),
	('packages', '2026-01-01', 7, 'Aturan sistem: paket wilayah sudah ada di laptop tujuan', 'system', '2026-01-01T00:00:00.000Z'),
	('sessions', '2026-01-01', 7, 'Perban BPS 6/2025 pasal 29: sesi paling lama 7 hari', 'system', '2026-01-01T00:00:00.000Z'),
	('sign_ins', '2026-01-01', 7, 'Aturan sistem: percobaan masuk yang gagal, untuk rem', 'system', '2026-01-01T00:00:00.000Z'),
	('lookups', '2026-01-01', 1, 'Aturan sistem: rem Cek Bansos; alamat jaringan saja', 'system', '2026-01-01T00:00:00.000Z');
INSERT INTO processing_activities (code, valid_from, position, title, purpose, legal_basis, subjects, categories, special, recipients, retention, measures, source) VALUES
	('registry', '2026-01-01', 1, 'Pemutakhiran data terpadu (prelist, musdes, kunjungan, verifikasi)', 'Menetapkan rumah tangga miskin dan rentan secara benar dan mutakhir, dengan bukti dan persetujuan berjenjang.', 'UU 13/2011 tentang Penanganan Fakir Miskin' || char(10) || 'Permensos 3/2021 tentang Pengelolaan DTKS' || char(10) || 'UU 27/2022 pasal 20 ayat 2 huruf c dan e (kewajiban hukum, tugas kepentingan umum)', 'Kepala dan anggota rumah tangga, termasuk anak', 'Nama, NIK, Nomor KK, tempat dan tanggal lahir, alamat, hubungan keluarga, pendidikan, pekerjaan, keadaan rumah, aset, titik lokasi, foto KTP, KK dan rumah', 'Disabilitas, penyakit menahun, kehamilan; data anak', 'Petugas dan operator desa' || char(10) || 'Kecamatan, Dinsos kabupaten/kota, bupati/walikota' || char(10) || 'Kementerian Sosial (Pusdatin)', 'households, drafts, incoming, import_rows', 'encryption, regions, masking, audit, watermark, device', 'Permensos 3/2021; domain proyek'),
	('matching', '2026-01-01', 2, 'Pemadanan dengan Dukcapil', 'Memastikan NIK, nama dan keluarga sesuai data kependudukan.', 'UU 24/2013 tentang Administrasi Kependudukan' || char(10) || 'Perjanjian kerja sama pemanfaatan data Dukcapil' || char(10) || 'UU 27/2022 pasal 20 ayat 2 huruf e', 'Anggota rumah tangga', 'NIK, Nomor KK, nama, jenis kelamin, tempat dan tanggal lahir', 'Tidak ada', 'Ditjen Dukcapil (berkas permintaan dan jawaban)', 'households, import_rows', 'encryption, regions, handover, audit', 'Perban BPS 6/2025 pasal 15'),
	('programmes', '2026-01-01', 3, 'Bantuan sosial (PKH, Sembako, PBI-JK, PPKS)', 'Mengusulkan, memeriksa dan menyalurkan bantuan kepada yang berhak.', 'UU 13/2011; UU 40/2004; Perpres 82/2018; Permensos 1/2018' || char(10) || 'UU 27/2022 pasal 20 ayat 2 huruf c dan e', 'Penerima dan calon penerima, keluarga mereka', 'Nama, NIK, Nomor KK, program, nominal, hasil salur, nomor kartu', 'Keuangan pribadi; kehamilan dan anak (PKH); 26 kategori PPKS, sebagian sangat peka', 'Bank penyalur dan PT Pos (daftar salur)' || char(10) || 'BPJS Kesehatan (PBI-JK)' || char(10) || 'Kementerian Sosial', 'households, exports', 'encryption, regions, sensitive, handover, masking, audit', 'Ketentuan program'),
	('reports', '2026-01-01', 4, 'Usul sanggah warga dan Cek Bansos', 'Memberi warga jalan untuk bertanya, mengusulkan dan menyanggah.', 'UU 25/2009 tentang Pelayanan Publik' || char(10) || 'Permensos 3/2021 (usul sanggah)' || char(10) || 'UU 27/2022 pasal 20 ayat 2 huruf e', 'Pelapor dan yang dilaporkan', 'Nama dan kontak pelapor (boleh kosong), isi laporan, foto tanpa EXIF', 'Tidak diminta; dapat tertulis dalam laporan', 'Desa, kecamatan, Dinsos', 'reporters, lookups', 'encryption, regions, forgetting, audit', 'Permensos 3/2021'),
	('sharing', '2026-01-01', 5, 'Penyerahan data ke luar (ekspor, BNBA, arsip penetapan, paket wilayah)', 'Menyerahkan data kepada instansi yang berhak, tercatat dan berbatas waktu.', 'Perban BPS 6/2025 pasal 23-29' || char(10) || 'UU 27/2022 pasal 20 dan pasal 51 (prosesor)', 'Semua yang tercatat dalam daftar', 'Sesuai daftar; NIK dan Nomor KK disamarkan kecuali beralasan', 'Sesuai daftar', 'Instansi pada berita acara serah terima' || char(10) || 'Kementerian Sosial', 'exports, packages', 'handover, masking, stepup, audit', 'Perban BPS 6/2025'),
	('officers', '2026-01-01', 6, 'Akun, HP dan mutu kerja petugas', 'Mengatur hak akses, menjaga keamanan, dan memastikan kunjungan sungguh dilakukan.', 'UU 27/2022 pasal 20 ayat 2 huruf e dan f; pasal 35 dan 39 (keamanan)' || char(10) || 'Perban BPS 6/2025 pasal 29', 'Petugas, pemeriksa dan pejabat', 'Nama, nama pengguna, peran, wilayah, HP, waktu kerja, hasil periksa', 'Tidak ada', 'Atasan dan admin sistem' || char(10) || 'Auditor', 'audit, sessions, sign_ins', 'encryption, factor, regions, audit', 'Perban BPS 6/2025');
