using Lucene.Net.Codecs;
using Lucene.Net.Codecs.Lucene46;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Directory = Lucene.Net.Store.Directory;

namespace Touchstone.Search.Lexical;

/// <summary>
/// Lucene's own form without the date, system and runtime that it notes beside a segment: the same products give the same bytes, so a stage
/// that ran again leaves what it left before. It keeps Lucene's name, so any Lucene 4.8 reads it.
/// </summary>
[CodecName("Lucene46")]
internal sealed class UndatedCodec() : FilterCodec(new Lucene46Codec())
{
    public override SegmentInfoFormat SegmentInfoFormat { get; } = new Undated();

    private sealed class Undated : Lucene46SegmentInfoFormat
    {
        public override SegmentInfoWriter SegmentInfoWriter => new Writer(base.SegmentInfoWriter);
    }

    private sealed class Writer(SegmentInfoWriter inner) : SegmentInfoWriter
    {
        public override void Write(Directory dir, SegmentInfo info, FieldInfos fis, IOContext ioContext)
        {
            info.Diagnostics = new SortedDictionary<string, string>(StringComparer.Ordinal);
            inner.Write(dir, info, fis, ioContext);
        }
    }
}
