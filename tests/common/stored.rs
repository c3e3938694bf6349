//! A zip archive made by hand, for names that no library writes.
#![allow(clippy::unwrap_used, unreachable_pub)]

/// A zip archive of stored files whose names are these bytes, without any mark that they are UTF-8.
#[must_use]
pub fn stored(files: &[(&[u8], &[u8])]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    let half = |number: usize| u16::try_from(number).unwrap().to_le_bytes();
    let word = |number: usize| u32::try_from(number).unwrap().to_le_bytes();
    for (name, content) in files {
        let mut common = vec![10, 0, 0, 0, 0, 0, 0, 0, 0x21, 0x5a];
        common.extend(crc(content).to_le_bytes());
        common.extend([word(content.len()), word(content.len())].concat());
        common.extend([half(name.len()), half(0)].concat());
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(word(bytes.len()));
        directory.extend(*name);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&common);
        bytes.extend(*name);
        bytes.extend(*content);
    }
    let start = bytes.len();
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\x00\x00\x00\x00");
    bytes.extend([half(files.len()), half(files.len())].concat());
    bytes.extend([word(directory.len()), word(start)].concat());
    bytes.extend([0, 0]);
    bytes
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    })
}
