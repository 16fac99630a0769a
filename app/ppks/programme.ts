import type { Programme } from '#app/programmes/programme.ts'

const SENSITIVE = ['3', '6', '10', '14', '15', '16', '17', '18', '19', '20']

// Pemerlu Pelayanan Kesejahteraan Sosial: one person in one of 26 categories (Permensos 8/2012 and 5/2019); a person may
// stand in several.
export const ppks: Programme = {
  code: 'ppks', name: 'PPKS', fullName: 'Pemerlu Pelayanan Kesejahteraan Sosial', unit: 'person', number: 'No. register',
  variants: 'category', isSensitive: (category) => SENSITIVE.includes(category),
  states: {
    registered: { label: 'Terdaftar', phase: 'waiting' },
    served: { label: 'Sedang dilayani', phase: 'receiving' },
    referred: { label: 'Dirujuk', phase: 'receiving' },
    ended: { label: 'Selesai', phase: 'ended' },
  },
  endState: 'ended',
  changes: {
    entry: { label: 'Usulkan pencatatan', from: 'nobody', to: 'registered' },
  },
}
