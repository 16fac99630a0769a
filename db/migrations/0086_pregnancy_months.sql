-- A pregnancy nobody has asked about again ends by itself; until now its component was paid for ever.
INSERT INTO programme_settings (programme, key, region_code, valid_from, valid_to, value, source, set_by, set_at) VALUES
	('pkh', 'pregnancy.months', '', '2018-01-01', NULL, 9, 'Masa kehamilan 40 minggu, dihitung sejak terakhir didata (pilihan sistem; ubah bila pedoman daerah lain)', 'system', '2026-12-01T00:00:00.000Z');
