import { checkEntry, isSensitive } from '#app/ppks/categories.ts'
import type { Field, Programme } from '#app/programmes/programme.ts'

const SITUATION: Field = { name: 'situation', label: 'Keadaan singkat', type: 'text', hint: 'Cukup satu kalimat. Jangan menulis diagnosis atau nama orang lain.' }

// Pemerlu Pelayanan Kesejahteraan Sosial: one person in one of 26 categories (Permensos 8/2012 and 5/2019); a person may
// stand in several. Being served or referred follows from the services that are recorded (serving.ts).
export const ppks: Programme = {
  code: 'ppks', name: 'PPKS', fullName: 'Pemerlu Pelayanan Kesejahteraan Sosial', unit: 'person', number: 'No. register',
  variants: 'category', isSensitive,
  states: {
    registered: { label: 'Terdaftar', phase: 'waiting' },
    served: { label: 'Sedang dilayani', phase: 'receiving' },
    referred: { label: 'Dirujuk', phase: 'receiving' },
    ended: { label: 'Selesai', phase: 'ended' },
  },
  endState: 'ended',
  pages: [{ href: '/ppks', label: 'Jumlah per kategori' }, { href: '/ppks/services', label: 'Layanan' }],
  changes: {
    entry: {
      label: 'Usulkan pencatatan', from: 'nobody', to: 'registered', check: checkEntry,
      fields: [
        { name: 'foundOn', label: 'Tanggal ditemukan atau diasesmen', type: 'date', required: true }, SITUATION,
        { name: 'ageNote', label: 'Penjelasan bila umurnya di luar ketentuan kategori', type: 'text' },
      ],
      hint: 'Satu usulan untuk satu kategori; orang yang sama boleh tercatat dalam beberapa kategori. Aturan umur tiap kategori ada di halaman jumlah per kategori.',
    },
    correction: { label: 'Perbaiki keterangan', from: ['registered', 'served', 'referred'], to: '', fields: [{ ...SITUATION, required: true }] },
    ending: {
      label: 'Usulkan selesai', from: ['registered', 'served', 'referred'], to: 'ended', reasons: 'ending',
      fields: [{ name: 'outcome', label: 'Hasil akhir', type: 'text' }],
    },
  },
}
