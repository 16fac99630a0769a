import { refuseFullQuota } from '#app/pbi/quota.ts'
import { approved, cardNumber, checkAddition, checkCard, checkNewborn, checkReactivation, checkRemoval, checkReplacement, checkSegment, ownSegment } from '#app/pbi/rules.ts'
import type { Field, Programme } from '#app/programmes/programme.ts'

const CARD: Field = { name: 'cardNumber', label: 'Nomor kartu JKN', type: 'text', required: true, pattern: '[0-9]{13}', hint: '13 angka pada kartu atau Mobile JKN.' }
const SEGMENT: Field = { name: 'segment', label: 'Segmen', type: 'choice', list: 'segment' }

// Penerima Bantuan Iuran Jaminan Kesehatan: one person. Source: PP 76/2015, Permensos 21/2019, Permensos 3/2026.
export const pbi: Programme = {
  code: 'pbi', name: 'PBI-JK', fullName: 'Penerima Bantuan Iuran Jaminan Kesehatan', unit: 'person', number: 'No. kartu JKN',
  states: {
    proposed: { label: 'Usulan', phase: 'waiting' },
    active: { label: 'Aktif', phase: 'receiving' },
    inactive: { label: 'Nonaktif', phase: 'ended' },
    rejected: { label: 'Ditolak', phase: 'ended' },
  },
  endState: 'inactive',
  pages: [{ href: '/pbi/quota', label: 'Kuota' }],
  changes: {
    addition: {
      label: 'Usulkan penambahan', from: 'nobody', to: 'proposed', check: checkAddition, verifiable: refuseFullQuota,
      hint: 'Untuk orang yang belum menjadi peserta. NIK-nya harus benar; kuota kabupaten/kota dihitung saat Dinsos memverifikasi.',
    },
    newborn: {
      label: 'Usulkan bayi peserta', from: 'nobody', to: 'proposed', check: checkNewborn, verifiable: refuseFullQuota,
      hint: 'Untuk anak di bawah satu tahun yang ibu atau kepala keluarganya peserta aktif. Yang belum tercatat di registri diusulkan dahulu sebagai kelahiran.',
    },
    replacement: {
      label: 'Usulkan pengganti', from: 'nobody', to: 'proposed', replaces: true, reasons: 'replacement', check: checkReplacement,
      hint: 'Mengambil tempat peserta yang dikeluarkan, jadi tidak menambah pemakaian kuota.',
    },
    approval: {
      label: 'Catat persetujuan Kemensos', from: ['proposed'], to: 'active', check: checkCard, sets: approved,
      fields: [CARD, { name: 'decree', label: 'Nomor keputusan', type: 'text', required: true }, { name: 'coveredFrom', label: 'Berlaku mulai', type: 'date', required: true }],
      hint: 'Setelah Kemensos menetapkan: peserta menjadi aktif dengan nomor kartunya.',
    },
    rejection: { label: 'Catat penolakan Kemensos', from: ['proposed'], to: 'rejected', reasons: 'rejection' },
    removal: {
      label: 'Usulkan penghapusan', from: ['active'], to: 'inactive', reasons: 'removal', check: checkRemoval,
      papers: [{ name: 'evidence', label: 'Bukti (akta kematian, surat keterangan)', required: false }],
      fields: [{ ...SEGMENT, hint: 'Diisi bila alasannya pindah ke segmen lain.' }],
    },
    segment: {
      label: 'Pindah segmen', from: ['active'], to: 'inactive', reasons: 'segment_change', check: checkSegment, fields: [{ ...SEGMENT, required: true }],
      hint: 'Peserta ditanggung segmen lain dan keluar dari PBI-JK.',
    },
    later_segment: {
      label: 'Catat segmen sekarang', from: ['inactive'], to: 'inactive', check: checkSegment, fields: [{ ...SEGMENT, required: true }],
      hint: 'Untuk yang sudah nonaktif dan kini ditanggung segmen lain. Ia tidak perlu direaktivasi.',
    },
    reactivation: {
      label: 'Usulkan reaktivasi', from: ['inactive'], to: 'active', reasons: 'reactivation', dueDays: 14, check: checkReactivation, sets: ownSegment,
      papers: [
        { name: 'healthLetter', label: 'Surat fasilitas kesehatan bahwa perawatan diperlukan', required: true },
        { name: 'dinsosStatement', label: 'Surat keterangan Dinsos tentang kelayakan', required: true },
        { name: 'sktm', label: 'SKTM', required: false },
      ],
      fields: [{ name: 'facility', label: 'Fasilitas kesehatan', type: 'text', required: true }, { name: 'phone', label: 'Telepon yang dapat dihubungi', type: 'text' }],
      hint: 'Hanya dalam batas bulan sejak dinonaktifkan. Dua surat wajib; perawatannya tidak harus penyakit kronis, persalinan juga boleh.',
    },
    correction: {
      label: 'Perbaiki nomor kartu', from: ['active', 'inactive'], to: '', check: checkCard, sets: cardNumber, fields: [CARD],
      papers: [{ name: 'evidence', label: 'Foto kartu atau layar Mobile JKN', required: false }],
    },
  },
}
