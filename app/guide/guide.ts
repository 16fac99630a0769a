import type { Actor } from '#app/users/actor.ts'
import { can, type Verb } from '#app/users/permissions.ts'

// How the work is done, in the order it is done. verbs: who does it; nobody reads of what he may not do.
type Chapter = { code: string, title: string, href: string, label: string, verbs: Verb[], steps: string[] }

const CHAPTERS: Chapter[] = [
  {
    code: 'prelist', title: 'Memasukkan dan membagikan prelist', href: '/imports/new', label: 'Unggah prelist', verbs: ['prelist.import'],
    steps: [
      'Unggah berkas prelist (CSV atau XLSX) dengan kolom SIKS-NG BDT. Sistem menampilkan baris yang keliru beserta alasannya sebelum apa pun disimpan.',
      'Setelah diterapkan, buka Prelist, pilih desa, lalu terbitkan. Sejak itu petugas desa bisa mengambil barisnya, atau Anda menugaskannya.',
      'Salah menugaskan? Cabut barisnya dan tuliskan alasannya. Petugas membaca alasan itu.',
    ],
  },
  {
    code: 'musdes', title: 'Musyawarah desa/kelurahan', href: '/musdes', label: 'Musdes/muskel', verbs: ['musdes.record'],
    steps: [
      'Sebelum musyawarah, cetak daftar hadir dan prelist. Prelist memuat baris kosong untuk usulan baru.',
      'Setelah musyawarah, tekan Catat musdes: tanggal, tempat, pimpinan, dan yang hadir.',
      'Isi hasil tiap baris: ditemukan, tidak ditemukan dengan alasannya, atau data ganda. Rumah tangga baru dicatat dengan tombol Usulan baru.',
      'Cetak berita acara, mintakan tanda tangan dan stempel, lalu unggah bersama daftar hadir dan foto.',
    ],
  },
  {
    code: 'phone', title: 'Menyiapkan HP untuk bekerja tanpa sinyal', href: '/field/device', label: 'HP ini', verbs: ['visit.submit'],
    steps: [
      'Lakukan di tempat yang ada sinyal: buka halaman HP ini, buat PIN, lalu unduh data desa.',
      'Sesudah itu daftar tugas, isian, foto, dan pengiriman bisa dibuka tanpa sinyal.',
      'Hasil kunjungan tersimpan di HP sampai server memberi tanda terima. Jangan menghapus data peramban sebelum semuanya terkirim.',
    ],
  },
  {
    code: 'visit', title: 'Mengunjungi rumah tangga', href: '/field', label: 'Tugas lapangan', verbs: ['visit.submit'],
    steps: [
      'Ambil tugas dari prelist desa, atau kerjakan yang ditugaskan kepada Anda.',
      'Datangi rumahnya, mulai kunjungan di sana, dan isi bagian demi bagian. Lama wawancara dihitung sendiri.',
      'Ambil sembilan foto (KTP, KK, responden, rumah depan, atap, lantai, dinding, dapur, jamban) dan lokasi di depan rumah. Foto yang kabur atau gelap diberi tahu saat itu juga.',
      'Belum punya KK atau NIK? Tetap didata: kosongkan nomornya dan pilih sebabnya. Foto KK atau KTP yang memang tidak ada tidak diminta.',
      'Bila tidak bisa dicacah, pilih hasilnya (tidak ditemukan, pindah, bergabung, menolak, ganda). Satu foto dan lokasi tetap diperlukan.',
      'Periksa, lalu kirim. Yang dikembalikan pemeriksa muncul di daftar Dikembalikan, dengan catatan pada isian yang dimaksud.',
    ],
  },
  {
    code: 'check', title: 'Memeriksa kunjungan', href: '/reviews', label: 'Pemeriksaan', verbs: ['visit.check', 'visit.verify'],
    steps: [
      'Yang paling lama menunggu ada di depan; pilih urutan "Paling perlu dilihat dahulu" untuk yang tandanya paling berat. Cocokkan NIK dan nama dengan foto KTP dan KK di sebelahnya.',
      'Baca tanda bukti kunjungan: lama wawancara dibanding petugas lain di desa yang sama, jarak, dan foto yang pernah dipakai. Tanda adalah alasan untuk melihat, bukan untuk menolak.',
      'Setujui, atau kembalikan dengan catatan pada isian yang keliru. Petugas membaca catatan itu tepat di isiannya.',
    ],
  },
  {
    code: 'proposals', title: 'Mengusulkan perubahan', href: '/proposals', label: 'Usulan', verbs: ['proposal.submit'],
    steps: [
      'Cari rumah tangganya, buka, lalu usulkan: perbaikan, lahir, meninggal, kawin, pindah, pecah atau gabung keluarga, nonaktif, atau aktif lagi.',
      'Isi alasan dan berita acara, dan unggah buktinya. Data induk belum berubah.',
      'Usulan diperiksa kecamatan, diverifikasi Dinsos, disahkan, lalu ditetapkan. Yang dikembalikan muncul di tab Dikembalikan dengan catatannya.',
    ],
  },
  {
    code: 'numbers', title: 'Mengisi KK/NIK yang baru terbit', href: '/numbers', label: 'Menunggu Dukcapil', verbs: ['number.give'],
    steps: [
      'Yang sudah disetujui tetapi belum punya KK atau NIK menunggu di sini dan tidak hilang. Cetak daftarnya untuk Dukcapil, dan bantu keluarganya mengurus.',
      'Sesudah terbit, isi nomornya dan lampirkan foto KK. Kunjungan tidak perlu diulang.',
      'Pemeriksa dan Dinsos mencocokkan nomor dengan fotonya; sesudah itu rumah tangga masuk berkas pengesahan berikutnya.',
    ],
  },
  {
    code: 'certificates', title: 'Membuat surat keterangan terdaftar', href: '/certificates', label: 'Surat keterangan', verbs: ['certificate.issue'],
    steps: [
      'Cari warganya, buka rumah tangganya, lalu tekan Surat keterangan. Tombolnya ada bila rumah tangga itu sudah ditetapkan dan masih aktif.',
      'Pilih untuk siapa dan untuk keperluan apa, cetak, lalu mintakan tanda tangan.',
      'Warga yang tidak terdaftar: tab Tidak terdaftar, Buat surat. Isi NIK dan nama dari KTP. Bila NIK-nya ditemukan surat tidak dibuat; bila ada yang mirip, periksa dahulu dan tuliskan mengapa bukan orang yang sama.',
      'Sekolah atau rumah sakit memeriksa kodenya di /cek/surat tanpa akun. Surat yang keliru dicabut dengan alasan.',
    ],
  },
  {
    code: 'local', title: 'BLT Desa dan bantuan APBD', href: '/local', label: 'Bantuan desa & kabupaten', verbs: ['local.manage'],
    steps: [
      'Buat program untuk satu tahun anggaran: nama, bulan, dan rupiah sebulan. BLT milik desa; bantuan APBD dibuat Dinsos.',
      'Sebelum musyawarah, tekan Usulkan keluarga: keluarga desil terendah tampil dahulu, dengan bantuan yang sudah diterimanya. Yang sudah menerima PKH atau Sembako perlu alasan.',
      'Sesudah musyawarah, batalkan keluarga yang tidak disepakati, lalu konfirmasi dengan nomor, tanggal, dan berkas berita acara. Untuk bantuan APBD Dinsos lalu menetapkannya.',
      'Saat membayar, cetak tanda terima bulan itu. Catat yang sudah dibayar dengan mencentang, atau unggah berkas desa.',
      'Keluarga meninggal, pindah, atau sudah mampu? Buka namanya dan tekan Hentikan penerima.',
    ],
  },
  {
    code: 'reports', title: 'Menjawab usul dan sanggah warga', href: '/reports', label: 'Laporan warga', verbs: ['report.answer'],
    steps: [
      'Laporan datang ke desa lebih dahulu, dengan batas waktu. Yang lewat batas naik ke kecamatan, lalu ke Dinsos.',
      'Buka laporannya, periksa di lapangan bila perlu, lalu jawab. Warga membaca jawaban dengan kode laporannya.',
      'Laporan tidak mengubah data. Bila benar, buat usulan dari laporan itu.',
    ],
  },
  {
    code: 'rescue', title: 'Menyelamatkan data sebelum batas kirim', href: '/rescue', label: 'Daftar penyelamatan', verbs: ['rescue.read'],
    steps: [
      'Daftar ini memuat siapa yang akan tertinggal pada batas kirim berikutnya, per desa, dan sebabnya: NIK belum padan, KK tidak lengkap, atau ganda.',
      'Kerjakan dari atas. Setiap perbaikan hilang dari daftar dengan sendirinya.',
    ],
  },
  {
    code: 'batches', title: 'Pengesahan', href: '/batches', label: 'Pengesahan', verbs: ['batch.prepare', 'batch.ratify', 'batch.determine'],
    steps: [
      'Dinsos membuka berkas dan menghimpun yang sudah diverifikasi. Lima syarat integritas diperiksa; yang gagal dikeluarkan dengan alasannya.',
      'Berkas dibekukan, berita acara dan daftar nama dicetak dengan sidik berkasnya, lalu disahkan oleh bupati atau wali kota, bukan oleh yang menyiapkannya.',
      'Berkas dikirim ke Kemensos. Data induk berubah hanya bila ditetapkan; yang dikembalikan kembali ke antrean Dinsos dengan alasannya.',
    ],
  },
  {
    code: 'monthly', title: 'Laporan bulanan', href: '/monthly', label: 'Laporan bulanan', verbs: ['monthly.read'],
    steps: ['Pilih bulan dan wilayah, lalu cetak untuk ditandatangani atau unduh sebagai CSV.'],
  },
  {
    code: 'exports', title: 'Menyerahkan data', href: '/exports', label: 'Ekspor data', verbs: ['export.make'],
    steps: [
      'Saring daftarnya dahulu, lalu tekan Ekspor di halaman itu. Untuk semua isian pilih kolom SIKS-NG BDT.',
      'Isi penerima, tujuan, dasar hukum, dan masa berlaku. Berita acara serah terima dibuat sendiri.',
      'NIK dan Nomor KK disamarkan kecuali bila Anda berwenang dan menuliskan alasannya.',
    ],
  },
  {
    code: 'users', title: 'Mengelola pengguna', href: '/users', label: 'Pengguna', verbs: ['user.manage'],
    steps: [
      'Undang pengguna dengan peran dan wilayahnya. Kata sandi sementara ditampilkan satu kali.',
      'Lupa kata sandi, pindah tugas, atau berhenti: buka penggunanya. HP yang hilang dicabut di halaman HP petugas.',
    ],
  },
  {
    code: 'operation', title: 'Menjaga server', href: '/operation', label: 'Operasi', verbs: ['operation.read'],
    steps: ['Halaman Operasi menunjukkan ruang disk, cadangan terakhir, dan pekerjaan yang berhenti, dengan yang harus dilakukan.', 'Cobalah memulihkan cadangan secara berkala; caranya ada di panduan pemasangan.'],
  },
  {
    code: 'audit', title: 'Membaca jejak audit', href: '/audit', label: 'Jejak audit', verbs: ['audit.read'],
    steps: ['Setiap perubahan dan setiap pembacaan data pribadi ada di sini: siapa, kapan, apa.', 'Tekan Periksa rantai untuk memastikan tidak ada baris yang diubah. Simpan segel harian di kantor lain.'],
  },
]

export const guideFor = (actor: Actor) => CHAPTERS.filter(({ verbs }) => verbs.some((verb) => can(actor, verb)))
export type GuideChapter = ReturnType<typeof guideFor>[number]
