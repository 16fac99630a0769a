import { options } from '#app/questionnaire/2026/options.ts'
import type { Question } from '#app/questionnaire/types.ts'

export const HOUSING: Question[] = [
  {
    key: 'buildingTenure', number: '301a', label: 'Status penguasaan bangunan tempat tinggal yang ditempati', type: 'single', roster: 'household', required: true,
    options: options({ 1: 'Milik sendiri', 2: 'Kontrak/sewa', 3: 'Bebas sewa', 4: 'Dinas', 5: 'Lainnya' }),
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'status_bangunan', bdtKey: 'b3r1a', source: 'S2',
  },
  {
    key: 'landTenure', number: '301b', label: 'Status lahan tempat tinggal yang ditempati', type: 'single', roster: 'household', required: true,
    options: options({ 1: 'Milik sendiri', 2: 'Milik orang lain', 3: 'Tanah negara', 4: 'Lainnya' }),
    askedWhen: [{ key: 'hasilVerivali', in: [1] }, { key: 'buildingTenure', in: [1] }],
    legacyKey: 'status_lahan', bdtKey: 'b3r1b', source: 'S2+S7',
  },
  {
    key: 'floorAreaM2', number: '302', label: 'Luas lantai bangunan tempat tinggal (m2)', type: 'decimal', roster: 'household', required: true, min: 1, max: 999,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'luas_lantai', bdtKey: 'b3r2', source: 'S2',
  },
  {
    key: 'floorType', number: '303', label: 'Jenis lantai terluas', type: 'single', roster: 'household', required: true,
    options: options({ 1: 'Marmer/granit', 2: 'Keramik', 3: 'Parket/vinil/permadani', 4: 'Ubin/tegel/teraso', 5: 'Kayu/papan kualitas tinggi', 6: 'Semen/bata merah', 7: 'Bambu', 8: 'Kayu/papan kualitas rendah', 9: 'Tanah', 10: 'Lainnya' }),
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'lantai', bdtKey: 'b3r3', source: 'S2+S5',
  },
  {
    key: 'wallType', number: '304a', label: 'Jenis dinding terluas', type: 'single', roster: 'household', required: true,
    options: options({ 1: 'Tembok', 2: 'Plesteran anyaman bambu/kawat', 3: 'Kayu', 4: 'Anyaman bambu', 5: 'Batang kayu', 6: 'Bambu', 7: 'Lainnya' }),
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'dinding', bdtKey: 'b3r4a', source: 'S2',
  },
  {
    key: 'wallCondition', number: '304b', label: 'Kondisi dinding', type: 'single', roster: 'household', required: true,
    options: options({ 1: 'Bagus/kualitas tinggi', 2: 'Jelek/kualitas rendah' }),
    askedWhen: [{ key: 'hasilVerivali', in: [1] }, { key: 'wallType', in: [1, 2, 3] }],
    legacyKey: 'kondisi_dinding', bdtKey: 'b3r4b', source: 'S2',
  },
  {
    key: 'roofType', number: '305a', label: 'Jenis atap terluas', type: 'single', roster: 'household', required: true,
    options: options({ 1: 'Beton/genteng beton', 2: 'Genteng keramik', 3: 'Genteng metal', 4: 'Genteng tanah liat', 5: 'Asbes', 6: 'Seng', 7: 'Sirap', 8: 'Bambu', 9: 'Jerami/ijuk/daun-daunan/rumbia', 10: 'Lainnya' }),
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'atap', bdtKey: 'b3r5a', source: 'S2',
  },
  {
    key: 'roofCondition', number: '305b', label: 'Kondisi atap', type: 'single', roster: 'household', required: true,
    options: options({ 1: 'Bagus/kualitas tinggi', 2: 'Jelek/kualitas rendah' }),
    askedWhen: [{ key: 'hasilVerivali', in: [1] }, { key: 'roofType', in: [1, 2, 3, 4, 5, 6, 7] }],
    legacyKey: 'kondisi_atap', bdtKey: 'b3r5b', source: 'S2',
  },
  {
    key: 'bedroomCount', number: '306', label: 'Jumlah kamar tidur', type: 'integer', roster: 'household', required: true, min: 0, max: 30,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'jumlah_kamar', bdtKey: 'b3r6', source: 'S2',
  },
  {
    key: 'drinkingWater', number: '307a', label: 'Sumber air minum', type: 'single', roster: 'household', required: true,
    options: options({ 1: 'Air kemasan bermerk', 2: 'Air isi ulang', 3: 'Leding meteran', 4: 'Leding eceran', 5: 'Sumur bor/pompa', 6: 'Sumur terlindung', 7: 'Sumur tak terlindung', 8: 'Mata air terlindung', 9: 'Mata air tak terlindung', 10: 'Air sungai/danau/waduk', 11: 'Air hujan', 12: 'Lainnya' }),
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'sumber_airminum', bdtKey: 'b3r7', source: 'S2',
  },
  {
    key: 'waterProvider', number: '307b', label: 'Jika leding meteran: penyedia', type: 'single', roster: 'household', required: true,
    options: options({ 1: 'PAM', 2: 'PDAM', 3: 'BDAM', 4: 'Lainnya' }),
    askedWhen: [{ key: 'drinkingWater', in: [3] }],
    legacyKey: 'jenis_pelanggan_airminum', source: 'S2',
  },
  {
    key: 'waterProviderOther', number: '307c', label: 'Penyedia air lainnya', type: 'text', roster: 'household', required: 'warn',
    askedWhen: [{ key: 'waterProvider', in: [4] }],
    legacyKey: 'jenis_pelanggan_airminum_lainnya', source: 'S2',
  },
  {
    key: 'waterMeterId', number: '307d', label: 'No. ID pelanggan air', type: 'text', roster: 'household', required: 'warn',
    askedWhen: [{ key: 'drinkingWater', in: [3] }],
    legacyKey: 'nomor_meter_air', source: 'S2',
  },
  {
    key: 'waterAcquisition', number: '308', label: 'Cara memperoleh air minum', type: 'single', roster: 'household', required: true,
    options: options({ 1: 'Membeli eceran', 2: 'Langganan', 3: 'Tidak membeli' }),
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'cara_peroleh_airminum', bdtKey: 'b3r8', source: 'S2',
  },
  {
    key: 'lighting', number: '309a', label: 'Sumber penerangan utama', type: 'single', roster: 'household', required: true,
    options: options({ 1: 'Listrik PLN', 2: 'Listrik non-PLN', 3: 'Bukan listrik' }),
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'sumber_penerangan', bdtKey: 'b3r9a', source: 'S2',
  },
  {
    key: 'plnPower', number: '309b', label: 'Daya terpasang', type: 'single', roster: 'household', required: true,
    options: options({ 1: '450 watt', 2: '900 watt', 3: '1.300 watt', 4: '2.200 watt', 5: '> 2.200 watt', 6: 'Tanpa meteran' }),
    askedWhen: [{ key: 'lighting', in: [1] }],
    legacyKey: 'daya', bdtKey: 'b3r9b', source: 'S2',
  },
  {
    key: 'plnCustomerId', number: '309c', label: 'No. ID pelanggan PLN', type: 'text', roster: 'household', required: 'warn', pattern: '^[0-9]{11,12}$',
    askedWhen: [{ key: 'lighting', in: [1] }, { key: 'plnPower', in: [1, 2, 3, 4, 5] }],
    legacyKey: 'nomor_pln', hint: '11–12 angka pada meteran atau struk.', source: 'S2',
  },
  {
    key: 'cookingFuel', number: '310a', label: 'Bahan bakar/energi utama untuk memasak', type: 'single', roster: 'household', required: true,
    options: options({ 1: 'Listrik', 2: 'Gas > 3 kg', 3: 'Gas 3 kg', 4: 'Gas kota/biogas', 5: 'Minyak tanah', 6: 'Briket', 7: 'Arang', 8: 'Kayu bakar', 9: 'Tidak memasak di rumah' }),
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'bb_masak', bdtKey: 'b3r10', source: 'S2',
  },
  {
    key: 'gasProvider', number: '310b', label: 'Jika gas kota/biogas: penyedia', type: 'single', roster: 'household', required: true,
    options: options({ 1: 'PGN', 2: 'Gas kota', 3: 'Lainnya' }),
    askedWhen: [{ key: 'cookingFuel', in: [4] }],
    legacyKey: 'jenis_pelanggan_gas', source: 'S2',
  },
  {
    key: 'gasProviderOther', number: '310c', label: 'Penyedia gas lainnya', type: 'text', roster: 'household', required: 'warn',
    askedWhen: [{ key: 'gasProvider', in: [3] }],
    legacyKey: 'jenis_pelanggan_gas_lainnya', source: 'S2',
  },
  {
    key: 'gasCustomerId', number: '310d', label: 'No. ID pelanggan gas', type: 'text', roster: 'household', required: 'warn',
    askedWhen: [{ key: 'cookingFuel', in: [4] }],
    legacyKey: 'nomor_gas', source: 'S2',
  },
  {
    key: 'toiletUse', number: '311a', label: 'Penggunaan fasilitas tempat buang air besar', type: 'single', roster: 'household', required: true,
    options: options({ 1: 'Sendiri', 2: 'Bersama', 3: 'Umum', 4: 'Tidak ada (langsung ke R.312)' }),
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'fasbab', bdtKey: 'b3r11a', source: 'S2',
  },
  {
    key: 'toiletType', number: '311b', label: 'Jenis kloset', type: 'single', roster: 'household', required: true,
    options: options({ 1: 'Leher angsa', 2: 'Plengsengan', 3: 'Cemplung/cubluk', 4: 'Tidak pakai' }),
    askedWhen: [{ key: 'hasilVerivali', in: [1] }, { key: 'toiletUse', in: [1, 2, 3] }],
    legacyKey: 'kloset', bdtKey: 'b3r11b', source: 'S2',
  },
  {
    key: 'fecalDisposal', number: '312', label: 'Tempat pembuangan akhir tinja', type: 'single', roster: 'household', required: true,
    options: options({ 1: 'Tangki (septik)', 2: 'SPAL', 3: 'Lubang tanah', 4: 'Kolam/sawah/sungai/danau/laut', 5: 'Pantai/tanah lapang/kebun', 6: 'Lainnya' }),
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'buang_tinja', bdtKey: 'b3r12', source: 'S2',
  },
]
