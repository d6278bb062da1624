/**
 * Has ExifTool read texts of 8 bits a character as what they are, where nothing says it, which it has only options for that
 * hold for all texts of a file. What is in EXIF is UTF-8, or else Windows-1252; ExifTool would put a question mark for every byte
 * of the latter. What is in IPTC without a mark is UTF-8 where it can be, as nobody writes words whose letters would make it so by chance.
 */
export const UNDECLARED_TEXT = `
require Image::ExifTool::XMP;
require Image::ExifTool::IPTC;
{
  no warnings 'redefine';
  my $sequence = qr/[\\xc2-\\xdf][\\x80-\\xbf]|[\\xe0-\\xef][\\x80-\\xbf]{2}|[\\xf0-\\xf4][\\x80-\\xbf]{3}/;
  my $fix = \\&Image::ExifTool::XMP::FixUTF8;
  *Image::ExifTool::XMP::FixUTF8 = sub ($;$) {
    my ($text, $bad) = @_;
    return &$fix($text, $bad) if defined $bad or $$text !~ /[\\x80-\\xff]/ or $$text =~ $sequence;
    $$text = Image::ExifTool::Decode(undef, $$text, 'Latin', undef, 'UTF8');
    return 0;
  };
  my $translate = \\&Image::ExifTool::IPTC::TranslateCodedString;
  *Image::ExifTool::IPTC::TranslateCodedString = sub ($$$$) {
    my ($tool, $text, $from, $read) = @_;
    return if $read and $$from ne 'bad' and $$text =~ /^(?:[\\x00-\\x7f]|$sequence)*$/;
    return &$translate($tool, $text, $from, $read);
  };
}
`
