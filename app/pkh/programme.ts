import { demandComponent, participantNumber, refuseComponentLeft, refuseTakenNumber } from '#app/pkh/checks.ts'
import type { Field, Programme } from '#app/programmes/programme.ts'

const NUMBER: Field = { name: 'number', label: 'No. Peserta PKH', type: 'text', required: true, pattern: '[0-9]{10,20}', hint: '10 sampai 20 angka, dari keputusan Kemensos.' }
const STANDING = ['active', 'commitment', 'suspended'] as const

// The life of a family in Program Keluarga Harapan. Source: Permensos 1/2018 and the practice of its validation.
export const pkh: Programme = {
  code: 'pkh', name: 'PKH', fullName: 'Program Keluarga Harapan', unit: 'family', number: 'No. Peserta PKH',
  states: {
    candidate: { label: 'Calon', phase: 'waiting' },
    eligible: { label: 'Lolos validasi', phase: 'waiting' },
    ineligible: { label: 'Tidak memenuhi syarat', phase: 'ended' },
    active: { label: 'Peserta aktif', phase: 'receiving' },
    commitment: { label: 'Verifikasi komitmen', phase: 'receiving' },
    suspended: { label: 'Ditangguhkan', phase: 'paused' },
    graduated_natural: { label: 'Graduasi alamiah', phase: 'ended' },
    graduated_independent: { label: 'Graduasi sejahtera mandiri', phase: 'ended' },
    exited: { label: 'Keluar', phase: 'ended' },
  },
  endState: 'exited',
  changes: {
    entry: { label: 'Usulkan sebagai calon', from: 'nobody', to: 'candidate', hint: 'Calon masih harus divalidasi di rumahnya. Keluarga tanpa komponen PKH tidak akan lolos validasi.' },
    validation: {
      label: 'Catat lolos validasi', from: ['candidate'], to: 'eligible', check: demandComponent,
      fields: [{ name: 'validatedOn', label: 'Tanggal validasi', type: 'date', required: true }],
      hint: 'Setelah pendamping menemui keluarga dan mencocokkan anggota serta komponennya.',
    },
    refusal: {
      label: 'Catat tidak memenuhi syarat', from: ['candidate', 'eligible'], to: 'ineligible', reasons: 'ineligible',
      hint: 'Hasil validasi: keluarga tidak dilanjutkan menjadi peserta.',
    },
    activation: {
      label: 'Aktifkan sebagai peserta', from: ['eligible'], to: 'active', check: refuseTakenNumber, sets: participantNumber, fields: [NUMBER],
      hint: 'Setelah Kemensos menetapkan keluarga ini dan memberi nomor pesertanya.',
    },
    verification: { label: 'Mulai verifikasi komitmen', from: ['active'], to: 'commitment', hint: 'Kehadiran tiap anggota dicatat di halaman penerima selama keadaan ini.' },
    commitment_met: { label: 'Komitmen terpenuhi', from: ['commitment'], to: 'active', hint: 'Verifikasi selesai; keluarga kembali menjadi peserta aktif.' },
    suspension: {
      label: 'Tangguhkan', from: ['active', 'commitment'], to: 'suspended', reasons: 'suspension',
      papers: [{ name: 'evidence', label: 'Bukti (daftar hadir, surat)', required: false }],
      hint: 'Bantuan ditahan sampai keluarga dilanjutkan kembali. Keluarga tetap peserta.',
    },
    resumption: { label: 'Lanjutkan kembali', from: ['suspended'], to: 'active', reasons: 'resumption' },
    graduation_natural: {
      label: 'Graduasi alamiah', from: STANDING, to: 'graduated_natural', check: refuseComponentLeft,
      hint: 'Hanya bila tidak ada lagi anggota yang memenuhi komponen PKH.',
    },
    graduation_independent: {
      label: 'Graduasi sejahtera mandiri', from: STANDING, to: 'graduated_independent', reasons: 'graduation_independent',
      papers: [{ name: 'statement', label: 'Surat pernyataan keluarga', required: true }],
      hint: 'Keluarga sudah mampu dan menyatakannya sendiri.',
    },
    exit: { label: 'Keluarkan', from: ['candidate', 'eligible', ...STANDING], to: 'exited', reasons: 'exit', hint: 'Untuk yang berakhir bukan karena graduasi.' },
    correction: {
      label: 'Perbaiki No. Peserta', from: STANDING, to: '', check: refuseTakenNumber, sets: participantNumber, fields: [NUMBER],
      papers: [{ name: 'evidence', label: 'Bukti (kartu atau daftar Kemensos)', required: false }],
      hint: 'Nama, NIK, dan anggota keluarga diperbaiki lewat usulan perbaikan di registri.',
    },
  },
}
