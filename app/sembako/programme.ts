import type { Field, Programme } from '#app/programmes/programme.ts'
import { accountInCheck, badAccount, cardAndAccount, checkActivation, checkCorrection, checkReplacement } from '#app/sembako/rules.ts'

const CARD: Field = { name: 'cardNumber', label: 'Nomor KKS', type: 'text', pattern: '[0-9]{16}', hint: '16 angka pada kartu.' }
const BANK: Field = { name: 'bank', label: 'Bank atau Pos', type: 'choice', list: 'bank' }
const ACCOUNT: Field = { name: 'accountNumber', label: 'Nomor rekening', type: 'text', pattern: '[0-9]{5,20}', hint: 'Angka saja. Dikosongkan bila dibayar lewat Pos.' }
const PROOF = { name: 'evidence', label: 'Bukti (akta kematian, surat keterangan desa)', required: false }

// Program Sembako (before: BPNT, Rastra): one card (KKS) for a family.
export const sembako: Programme = {
  code: 'sembako', name: 'Sembako', fullName: 'Program Sembako (BPNT)', unit: 'family', number: 'No. KKS',
  states: {
    candidate: { label: 'Calon', phase: 'waiting' },
    account_check: { label: 'Verifikasi rekening', phase: 'waiting' },
    active: { label: 'Penerima aktif', phase: 'receiving' },
    suspended: { label: 'Ditangguhkan', phase: 'paused' },
    replaced: { label: 'Diganti', phase: 'ended' },
    removed: { label: 'Dikeluarkan', phase: 'ended' },
  },
  endState: 'replaced',
  changes: {
    entry: { label: 'Usulkan sebagai calon', from: 'nobody', to: 'candidate', hint: 'Untuk keluarga yang belum menerima. Bila menggantikan penerima lain, pakai "Usulkan pengganti".' },
    replacement: {
      label: 'Usulkan pengganti', from: 'nobody', to: 'candidate', replaces: true, minutes: true, reasons: 'replacement', check: checkReplacement,
      hint: 'Keluarga ini mengambil tempat penerima yang dikeluarkan. Penggantian diputuskan musyawarah desa/kelurahan: isi nomor dan tanggal berita acaranya.',
    },
    account_check: {
      label: 'Kirim ke verifikasi rekening', from: ['candidate'], to: 'account_check', fields: [{ ...BANK, required: true }, ACCOUNT], sets: accountInCheck,
      hint: 'Bank atau Pos memeriksa rekeningnya; hasilnya dicatat dengan usulan berikutnya.',
    },
    account_failure: { label: 'Catat gagal cek rekening', from: ['account_check'], to: 'candidate', reasons: 'account_failure', sets: badAccount },
    activation: {
      label: 'Aktifkan dengan kartu KKS', from: ['account_check'], to: 'active', fields: [{ ...CARD, required: true }, ACCOUNT], check: checkActivation, sets: cardAndAccount,
      hint: 'Setelah rekening sesuai dan kartu diterima keluarga.',
    },
    suspension: { label: 'Usulkan penangguhan', from: ['active'], to: 'suspended', reasons: 'suspension', papers: [PROOF] },
    resumption: { label: 'Usulkan diaktifkan lagi', from: ['suspended'], to: 'active', reasons: 'resumption' },
    removal: { label: 'Usulkan dikeluarkan', from: ['candidate', 'account_check', 'active', 'suspended'], to: 'removed', reasons: 'removal', papers: [PROOF] },
    correction: {
      label: 'Perbaiki kartu, bank, atau rekening', from: ['candidate', 'account_check', 'active', 'suspended'], to: '', fields: [CARD, BANK, ACCOUNT], check: checkCorrection, sets: cardAndAccount,
      papers: [{ name: 'evidence', label: 'Foto kartu atau buku tabungan', required: false }], hint: 'Isi hanya yang berubah.',
    },
  },
}
