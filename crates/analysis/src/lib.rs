//! The commands of analysts: files of registers in, tables out. The formulas are in `tovholder-spells`; here is what reads and writes.
