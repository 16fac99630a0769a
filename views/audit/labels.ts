import { STAGE_WORDS } from '#app/households/stages.ts'
import { inWords as dateInWords } from '#app/questionnaire/display.ts'
import { PROGRAMME_WORDS } from '#views/audit/programme-labels.ts'
import { NUMBER_PURPOSE_WORDS } from '#views/households/numbers.tsx'
import { PURPOSE_WORDS } from '#views/sessions/labels.ts'
import { ROLE_LABELS } from '#views/users/labels.ts'

// What each action reads like. An action without words shows its code.
const WORDS: Record<string, string> = {
  ...PROGRAMME_WORDS,
  'session.started': 'Masuk', 'audit.verified': 'Rantai audit diperiksa', 'audit.anchored': 'Segel harian dibuat', 'audit.exported': 'Jejak audit diunduh', 'backup.asked': 'Pencadangan diminta',
  'clock.doubted': 'Jam server melompat, penghapusan ditahan', 'clock.back': 'Jam server kembali benar', 'clock.confirmed': 'Jam server dipastikan benar',
  'photos.freed': 'Foto lama dilepas dari disk server', 'photos.not_in_store': 'Foto tidak ditemukan di penyimpanan foto',
  'user.invited': 'Pengguna diundang', 'user.moved': 'Pengguna dipindahkan', 'user.suspended': 'Pengguna ditangguhkan',
  'user.restored': 'Pengguna dipulihkan', 'user.password_reset': 'Kata sandi disetel ulang', 'user.password_changed': 'Kata sandi diganti',
  'session.confirmed': 'Masuk ulang', 'session.braked': 'Masuk terkunci karena kata sandi salah', 'session.code_braked': 'Masuk terkunci karena kode salah', 'session.revoked': 'Perangkat lain dikeluarkan',
  'user.factor_begun': 'Verifikasi dua langkah mulai dipasang', 'user.factor_abandoned': 'Pemasangan verifikasi dibatalkan', 'user.factor_set': 'Verifikasi dua langkah dipasang',
  'user.factor_replaced': 'Verifikasi dua langkah dipindahkan', 'user.factor_removed': 'Verifikasi dua langkah dilepas', 'user.factor_reset': 'Verifikasi dua langkah disetel ulang admin',
  'user.recovery_codes_made': 'Kode pemulihan dibuat', 'user.recovery_code_used': 'Kode pemulihan dipakai', 'user.signed_out': 'Pengguna dikeluarkan dari semua perangkat', 'user.passkey_added': 'Kunci perangkat ditambahkan', 'user.passkey_removed': 'Kunci perangkat dihapus', 'user.passkey_blocked': 'Kunci perangkat diblokir karena disalin', 'user.details_changed': 'Nama atau telepon pengguna diubah', 'user.unlocked': 'Kunci masuk dibuka',
  'user.access_kept': 'Akses ditinjau dan tetap', 'access.review_opened': 'Peninjauan akses dibuka', 'access.review_closed': 'Peninjauan akses ditutup', 'access.review_downloaded': 'Peninjauan akses diunduh',
  'numbers.opened': 'NIK dan Nomor KK ditampilkan', 'household.number_given': 'Nomor dari Dukcapil diisi', 'numbers.printed': 'Daftar untuk Dukcapil dicetak', 'certificate.issued': 'Surat keterangan dibuat', 'certificate.printed': 'Surat keterangan dicetak', 'certificate.revoked': 'Surat keterangan dicabut',
  'certificate.sought': 'Dicari apakah seseorang terdaftar', 'certificate.absence_issued': 'Surat keterangan tidak terdaftar dibuat', 'certificate.absence_printed': 'Surat keterangan tidak terdaftar dicetak', 'certificate.absence_revoked': 'Surat keterangan tidak terdaftar dicabut',
  'breach.opened': 'Kegagalan pelindungan dicatat', 'breach.counted': 'Orang yang terdampak dihitung', 'breach.count_failed': 'Penghitungan yang terdampak gagal', 'breach.authority': 'Kegagalan diberitahukan kepada lembaga',
  'breach.subjects': 'Kegagalan diberitahukan kepada warga', 'breach.public': 'Kegagalan diumumkan', 'breach.remedied': 'Penanganan kegagalan dicatat', 'breach.note': 'Catatan kegagalan ditambah', 'breach.closed': 'Kegagalan pelindungan ditutup',
  'breach.letters_printed': 'Surat pemberitahuan kegagalan dicetak', 'subject_case.opened': 'Permohonan warga dicatat', 'subject_case.file_made': 'Salinan data pribadi dibuat', 'subject_case.answered': 'Permohonan warga dijawab',
  'subject_case.restricted': 'Pemrosesan data warga dibatasi', 'subject_case.released': 'Pembatasan pemrosesan diakhiri',
  'subject_case.refused': 'Permohonan warga ditolak', 'retention.deleted': 'Data dihapus menurut masa simpan', 'retention.rule_set': 'Masa simpan diubah', 'protection.activity_set': 'Catatan pemrosesan diubah', 'batch.package_downloaded': 'Arsip penetapan diunduh',
  'region.bps_recorded': 'Kode BPS dicatat', 'region.renamed': 'Wilayah ganti nama', 'region.recoded': 'Wilayah ganti kode',
  'region.split': 'Wilayah dimekarkan', 'region.merged': 'Wilayah digabung',
  'household.created': 'Rumah tangga dicatat', 'household.revised': 'Data rumah tangga diperbarui', 'household.opened': 'Data rumah tangga dibuka',
  'household.listed': 'Masuk prelist', 'household.published': 'Prelist diterbitkan', 'household.assigned': 'Ditugaskan kepada petugas',
  'household.downloaded': 'Diunduh ke HP', 'household.deliberated': 'Hasil musdes dicatat', 'household.submitted': 'Hasil kunjungan dikirim',
  'household.returned': 'Dikembalikan ke petugas', 'household.checked': 'Disetujui pengawas/korcam', 'household.recheck': 'Dikembalikan ke pemeriksa',
  'household.verified': 'Disetujui Dinsos', 'household.batched': 'Masuk berkas pengesahan', 'household.ratified': 'Disahkan',
  'household.dispatched': 'Dikirim ke Kemensos', 'household.determined': 'Ditetapkan', 'household.withdrawn': 'Ditarik',
  'visit.opened': 'Hasil kunjungan dibuka', 'visit.approved': 'Kunjungan disetujui', 'visit.returned': 'Kunjungan dikembalikan',
  'device.registered': 'HP didaftarkan', 'device.revoked': 'Akses HP dicabut', 'device.restored': 'Akses HP dipulihkan',
  'photo.lost': 'Foto kunjungan hilang di server', 'photo.asked': 'Foto hilang diminta dari HP', 'photo.returned': 'Foto hilang sudah kembali', 'photo.copy_gone': 'HP tidak lagi menyimpan foto yang diminta',
  'delivery.text_received': 'Isi kiriman diterima', 'delivery.held': 'Kiriman ditahan', 'delivery.opened': 'Kiriman ditahan dibuka',
  'delivery.settled': 'Kiriman diputuskan', 'visit.merged': 'Dua kunjungan digabung', 'visit.rebased': 'Isian kunjungan mengikuti data induk yang baru',
  'duplicate.opened': 'Pasangan data ganda dibuka', 'duplicate.kept_apart': 'Data ganda dinyatakan dua orang berbeda', 'duplicate.apart_voted': 'Satu wilayah menyatakan dua orang berbeda',
  'duplicate.returned': 'Data ganda dikembalikan ke desa', 'duplicate.merge_ordered': 'Penggabungan data ganda diperintahkan', 'duplicate.merge_proposed': 'Penggabungan data ganda diusulkan',
  'duplicate.run_started': 'Pemeriksaan ulang semua data dimulai',
  'batch.opened': 'Berkas pengesahan dibuka', 'batch.gathering': 'Berkas dihimpun', 'batch.gathered': 'Berkas selesai dihimpun',
  'batch.item_removed': 'Baris dikeluarkan dari berkas', 'batch.frozen': 'Berkas dibekukan', 'batch.cancelled': 'Berkas dibatalkan',
  'batch.ratified': 'Berkas disahkan', 'batch.names_printed': 'Lampiran nama dicetak', 'batch.dispatched': 'Berkas dikirim ke Kemensos',
  'batch.determined': 'Berkas ditetapkan', 'batch.answered': 'Jawaban Kemensos dibaca',
  'national.taken': 'Arsip kabupaten/kota diterima', 'national.repeated': 'Arsip yang sudah ada datang lagi', 'national.refused': 'Arsip kabupaten/kota ditolak',
  'national.accepted': 'Data kabupaten/kota ditetapkan', 'national.returned': 'Data dikembalikan ke kabupaten/kota', 'national.answered': 'Jawaban penetapan dibuat',
  'national.opened': 'Rumah tangga pada data nasional dibuka', 'national.undone': 'Tindakan pada data nasional gagal disimpan',
  'national.key_made': 'Kunci pengiriman dibuat', 'national.key_revoked': 'Kunci pengiriman dicabut', 'installation.moved': 'Isi instalasi disalin ke PostgreSQL',
  'period.planned': 'Periode penetapan dibuat', 'period.own_cutoff_set': 'Batas kirim kabupaten/kota dimajukan', 'period.cut_off': 'Penerimaan periode dihentikan',
  'period.closed': 'Periode ditutup', 'period.batch_filed': 'Berkas masuk periode', 'period.snapshot_taken': 'Data periode dipotret',
  'period.snapshot_check_asked': 'Sidik potret diminta dihitung ulang', 'period.snapshot_checked': 'Sidik potret dihitung ulang',
  'period.comparison_asked': 'Perbandingan periode diminta', 'period.compared': 'Dua periode dibandingkan', 'period.differences_downloaded': 'Daftar perubahan periode diunduh',
  'pack.downloaded': 'Paket data diunduh ke HP', 'pack.updated': 'Paket data di HP diperbarui',
  'prelist.received': 'Berkas prelist diterima', 'prelist.previewed': 'Berkas prelist selesai dibaca', 'prelist.import_confirmed': 'Impor prelist dikonfirmasi',
  'prelist.imported': 'Prelist selesai diimpor', 'prelist.import_discarded': 'Impor prelist dibatalkan', 'prelist.import_failed': 'Impor prelist gagal',
  'prelist.errors_downloaded': 'Daftar kesalahan impor diunduh',
  'dtsen.received': 'Berkas desil diterima', 'dtsen.previewed': 'Berkas desil selesai dibaca', 'dtsen.confirmed': 'Potret desil dikonfirmasi', 'dtsen.applied': 'Potret desil diberlakukan',
  'dtsen.discarded': 'Impor desil dibatalkan', 'dtsen.failed': 'Impor desil gagal', 'dtsen.errors_downloaded': 'Daftar kesalahan desil diunduh', 'dtsen.compared': 'Dua potret desil dibandingkan',
  'dtsen.table_downloaded': 'Tabel desil diunduh', 'questionnaire.extension_set': 'Isian tambahan diberlakukan', 'questionnaire.extension_ended': 'Isian tambahan diakhiri',
  'prelist.published': 'Prelist desa diterbitkan',
  'prelist.printed': 'Prelist dicetak',
  'exchange.received': 'Berkas .siks dibuka', 'exchange.taken': 'Berkas .siks selesai diterima', 'exchange.failed': 'Penerimaan berkas .siks terhenti',
  'exchange.package_requested': 'Paket wilayah diminta', 'exchange.package_made': 'Paket wilayah selesai dibuat', 'exchange.package_failed': 'Paket wilayah gagal dibuat',
  'exchange.package_downloaded': 'Paket wilayah diunduh', 'exchange.package_removed': 'Paket wilayah dihapus dari server', 'exchange.package_installed': 'Paket wilayah dipasang',
  'exchange.changes_prepared': 'Perubahan laptop disiapkan', 'exchange.changes_downloaded': 'Berkas perubahan laptop disimpan',
  'proposal.prepared': 'Usulan nonaktif disiapkan sesudah kunjungan', 'household.held_back': 'Rumah tangga ditahan, menunggu keputusan nonaktif', 'household.held_no_longer': 'Penahanan rumah tangga berakhir',
  'proposal.written': 'Usulan ditulis', 'proposal.rewritten': 'Usulan diperbaiki', 'proposal.opened': 'Usulan dibuka', 'proposal.paper_added': 'Berkas usulan diunggah',
  'proposal.submitted': 'Usulan diajukan', 'proposal.released': 'Rumah tangga dilepas desa asal', 'proposal.checked': 'Usulan menunggu Dinsos', 'proposal.verified': 'Usulan disetujui Dinsos',
  'proposal.listed': 'Usulan baru masuk prelist', 'proposal.batched': 'Usulan masuk berkas pengesahan', 'proposal.ratified': 'Usulan disahkan', 'proposal.dispatched': 'Usulan dikirim ke Kemensos',
  'proposal.determined': 'Usulan ditetapkan', 'proposal.returned': 'Usulan dikembalikan', 'proposal.rejected': 'Usulan ditolak', 'proposal.withdrawn': 'Usulan ditarik',
  'batch.proposal_removed': 'Usulan dikeluarkan dari berkas', 'reason.added': 'Alasan usulan ditambah', 'reason.ended': 'Alasan usulan diakhiri',
  'report.received': 'Laporan warga diterima', 'report.opened': 'Laporan warga dibuka', 'report.examining': 'Laporan warga diperiksa', 'report.needs_more': 'Pelapor ditanya',
  'report.answered': 'Laporan warga dijawab', 'report.closed': 'Laporan warga ditutup', 'report.withdrawn': 'Laporan warga ditarik pelapor', 'report.raised': 'Laporan warga naik ke atas',
  'report.replied': 'Pesan dikirim kepada pelapor', 'report.message_added': 'Pelapor menulis pesan', 'report.noted': 'Catatan laporan warga ditulis',
  'report.household_linked': 'Rumah tangga ditautkan ke laporan warga', 'report.suspected': 'Laporan warga ditandai berulang', 'report.terms_set': 'Batas waktu laporan warga diatur',
  'report.template_added': 'Contoh jawaban ditambahkan', 'report.template_retired': 'Contoh jawaban dihentikan',
  'dashboard.downloaded': 'Tabel dasbor diunduh', 'export.requested': 'Ekspor diminta', 'export.made': 'Berkas ekspor selesai', 'export.downloaded': 'Berkas ekspor diunduh', 'export.removed': 'Berkas ekspor dihapus', 'export.failed': 'Ekspor gagal',
  'bulk.confirmed': 'Tindakan massal dijalankan', 'bulk.done': 'Tindakan massal selesai', 'bulk.undo_requested': 'Tindakan massal diminta diurungkan', 'bulk.undone': 'Tindakan massal diurungkan',
  'bulk.failed': 'Tindakan massal gagal', 'visit.flag_answered': 'Petugas menjelaskan tanda kunjungan', 'quality.downloaded': 'Tabel petugas/pemeriksa diunduh', 'visit.approval_withdrawn': 'Persetujuan kunjungan diurungkan',
  'round.confirmed': 'Usulan bersama dijalankan', 'round.done': 'Usulan bersama selesai', 'round.undo_requested': 'Usulan bersama diminta ditarik', 'round.undone': 'Usulan bersama ditarik kembali', 'round.failed': 'Usulan bersama gagal',
  'recipient_batch.applied': 'Isi berkas penerima selesai diterapkan',
  'filter.saved': 'Saringan disimpan', 'filter.renamed': 'Saringan diganti nama', 'filter.removed': 'Saringan dihapus',
  'backcheck.planned': 'Putaran kunjungan ulang direncanakan', 'backcheck.drawing_asked': 'Undian kunjungan ulang diminta', 'backcheck.drawn': 'Kunjungan ulang diundi', 'backcheck.round_closed': 'Putaran kunjungan ulang ditutup',
  'backcheck.round_cancelled': 'Putaran kunjungan ulang dibatalkan', 'backcheck.reassigned': 'Petugas kunjungan ulang diganti', 'backcheck.opened': 'Kunjungan ulang dibuka petugas',
  'backcheck.photo_added': 'Foto kunjungan ulang disimpan', 'backcheck.submitted': 'Kunjungan ulang dikirim', 'pair.opened': 'Dua kunjungan dibuka berdampingan',
  'backcheck.judged': 'Perbedaan kunjungan dinilai', 'backcheck.items_set': 'Isian kunjungan ulang diatur', 'backcheck.table_downloaded': 'Tabel kunjungan ulang diunduh',
  'monitoring.recorded': 'Formulir pemantauan diisi', 'monitoring.withdrawn': 'Formulir pemantauan ditarik', 'monitoring.table_downloaded': 'Tabel pemantauan diunduh',
  'task.made': 'Tugas dibuat', 'task.new': 'Tugas dibuka lagi', 'task.working': 'Tugas dikerjakan', 'task.done': 'Tugas selesai', 'task.cancelled': 'Tugas dibatalkan',
  'task.handed_on': 'Tugas diubah', 'task.noted': 'Catatan tugas ditulis',
  'musdes.recorded': 'Musdes dicatat', 'musdes.paper_added': 'Berkas musdes diunggah', 'musdes.result_recorded': 'Hasil musdes per baris diisi',
  'musdes.result_corrected': 'Hasil musdes dibetulkan', 'musdes.household_proposed': 'Usulan baru dicatat', 'musdes.minutes_printed': 'Berita acara musdes dicetak',
}

const DETAILS: Record<string, string> = {
  from: 'semula', to: 'menjadi', note: 'catatan', subject: 'perihal', cause: 'sebab', version: 'versi', address: 'alamat jaringan',
  role: 'peran', fromRole: 'peran semula', regions: 'wilayah', fromRegions: 'wilayah semula', reason: 'alasan', newCode: 'kode baru',
  purpose: 'keperluan', factor: 'bukti kedua', failures: 'percobaan gagal', left: 'tersisa', accounts: 'akun', kept: 'tetap', suspended: 'ditangguhkan',
  effectiveOn: 'berlaku', region: 'wilayah', village: 'desa', programme: 'program', state: 'keadaan', rows: 'baris', people: 'orang', days: 'hari', lines: 'baris diperiksa', broken: 'baris rusak', count: 'jumlah', revision: 'revisi', outcome: 'hasil',
  level: 'tingkat', fromLevel: 'tingkat semula', remarks: 'catatan isian', review: 'pemeriksaan', kind: 'jenis', status: 'keadaan', name: 'nama', label: 'nama', code: 'kode', value: 'nilai', source: 'sumber', regionCode: 'wilayah', villages: 'desa',
  household: 'rumah tangga', householdId: 'rumah tangga', households: 'rumah tangga', families: 'keluarga', familySeq: 'keluarga', members: 'anggota', recipient: 'penerima', officer: 'petugas', reviewer: 'pemeriksa', assignee: 'petugas',
  musdes: 'musdes', minutesNumber: 'nomor berita acara', heldOn: 'tanggal musyawarah', meeting: 'bertemu', visitId: 'kunjungan', compared: 'isian dibandingkan', different: 'isian berbeda', form: 'formulir', about: 'tentang', dueOn: 'batas waktu',
  period: 'periode', periodId: 'periode', missed: 'periode yang terlewat', opensOn: 'buka', cutoffOn: 'batas kirim', closesOn: 'tutup', validFrom: 'berlaku sejak', month: 'bulan', round: 'putaran', rolledOver: 'pindah periode', snapshot: 'potret data',
  items: 'rumah tangga', proposals: 'usulan', changes: 'usulan', applied: 'diterapkan', passed: 'dilewati', withoutAmount: 'tanpa nominal', heldBack: 'ditahan', other: 'rumah tangga lain', letter: 'surat', letterNumber: 'nomor surat', letterDate: 'tanggal surat', asked: 'ditanyakan', answered: 'dijawab',
  new: 'baru', changed: 'berubah', unmatched: 'tidak ada di registri', failed: 'salah', file: 'berkas', files: 'berkas', photos: 'foto', mode: 'cara', method: 'cara', draft: 'konsep', q: 'pencarian', sort: 'urutan', seen: 'tanda sudah dibaca', life: 'riwayat hidup', size: 'ukuran',
  alike: 'yang mirip', found: 'ditemukan', ruledOut: 'yang mirip dinyatakan orang lain', exports: 'ekspor', programmes: 'program', until: 'sampai', leftOut: 'ditinggalkan karena dibatasi', seenAt: 'terakhir tercatat', clock: 'jam server',
  sha256: 'SHA-256', hash: 'SHA-256', root: 'akar manifes', rootHash: 'akar manifes', letterSha256: 'SHA-256 surat', packageSha256: 'SHA-256 paket',
}

export const actionWords = (action: string) => WORDS[action] ?? action

export const detailWords = (details: Record<string, unknown>) => Object.entries(details)
  .map(([key, value]) => `${DETAILS[key] ?? key}: ${inWords(value)}`).join('; ')

const VALUES: Record<string, string> = { ...STAGE_WORDS, ...ROLE_LABELS, ...PURPOSE_WORDS, ...NUMBER_PURPOSE_WORDS, totp: 'kode aplikasi', recovery: 'kode pemulihan', pkh: 'PKH', sembako: 'Sembako', pbi: 'PBI-JK', ppks: 'PPKS', true: 'ya', false: 'tidak', null: 'tidak ada' }

const inWords = (value: unknown): string => Array.isArray(value)
  ? value.map((one) => one === '' ? 'seluruh Indonesia' : inWords(one)).join(', ')
  : value && typeof value === 'object' ? JSON.stringify(value) : VALUES[String(value)] ?? dateInWords(String(value))
