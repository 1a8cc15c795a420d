using System.Buffers.Binary;
using System.Text;
using Touchstone.Data.Segments;
using Touchstone.Domain;

namespace Touchstone.Tests.Data.Segments;

public sealed class SegmentDamageTests : IDisposable
{
    private readonly ScratchFiles _files = new();

    public void Dispose() => _files.Dispose();

    /// <summary>Three committed rows, then one that is not; returns where the last one begins.</summary>
    private (string Path, int LastRecord) Written()
    {
        var path = _files["facts.live"];
        File.Delete(path);
        var writer = SegmentFile.OpenOrCreate<Interaction>(path);
        foreach (var row in FactSamples.Interactions) writer.Append(row);
        writer.Commit();
        var last = (int)new FileInfo(path).Length;
        writer.Append(FactSamples.Interactions[1] with { Query = "last" });
        writer.Commit();
        writer.Abandon();
        return (path, last);
    }

    private static (List<Interaction> Rows, SegmentTail Tail) Read(string path)
    {
        using var reader = SegmentFile.Open<Interaction>(path);
        return ([.. reader.Read()], reader.Tail);
    }

    [Fact]
    public void A_writer_killed_at_any_byte_of_the_last_row_loses_only_that_row()
    {
        var (path, last) = Written();
        var bytes = File.ReadAllBytes(path);
        var record = 8 + BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(last));
        for (var length = last; length < bytes.Length; length++)
        {
            File.WriteAllBytes(path, bytes[..length]);
            var (rows, tail) = Read(path);
            var whole = length >= last + record ? 4 : 3;
            Assert.Equal(whole, rows.Count);
            Assert.Equal(length - (whole == 4 ? last + record : last), tail.TornBytes);
            using var writer = SegmentFile.OpenOrCreate<Interaction>(path);
            Assert.Equal((whole, tail.TornBytes), ((int)writer.RowCount, writer.TruncatedBytes));
            writer.Append(FactSamples.Interactions[0]);
            writer.Commit();
            writer.Abandon();
            Assert.Equal(whole + 1, Read(path).Rows.Count);
            Assert.False(Read(path).Tail.IsTorn);
        }
    }

    [Fact]
    public void A_writer_killed_within_the_header_leaves_an_empty_segment()
    {
        var (path, _) = Written();
        var bytes = File.ReadAllBytes(path);
        for (var length = 0; length < 60; length++)
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Empty(Read(path).Rows);
            using var writer = SegmentFile.OpenOrCreate<Interaction>(path);
            writer.Append(FactSamples.Interactions[0]);
            writer.Commit();
            writer.Abandon();
            Assert.Single(Read(path).Rows);
        }
    }

    [Fact]
    public void A_flipped_bit_is_found_wherever_it_is()
    {
        var (path, last) = Written();
        var bytes = File.ReadAllBytes(path);
        for (var at = 0; at < bytes.Length; at += at < 200 ? 1 : 37)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[at] ^= 0x10;
            File.WriteAllBytes(path, damaged);
            try
            {
                var (rows, tail) = Read(path);
                Assert.True(at >= bytes.Length - 32, $"A bit flipped at byte {at} of {bytes.Length} was not found.");
                Assert.Equal((4, true), (rows.Count, tail.IsTorn));
            }
            catch (SegmentException error)
            {
                Assert.Equal(path, error.Path);
                Assert.True(at < bytes.Length - 32 && error.ByteOffset <= at);
            }
        }

        Assert.True(last > 0);
    }

    [Fact]
    public void Damage_names_file_row_and_byte_and_the_way_out()
    {
        var (path, last) = Written();
        var bytes = File.ReadAllBytes(path);
        bytes[last + 20] ^= 1;
        File.WriteAllBytes(path, bytes);
        var error = Assert.Throws<SegmentException>(() => Read(path));
        Assert.Equal($"{path}: byte {last}: row 4 is damaged though it was committed (a commit stands at byte {bytes.Length - 32}); restore the file from a copy.", error.Message);
        Assert.Throws<SegmentException>(() => SegmentFile.OpenOrCreate<Interaction>(path));
    }

    [Fact]
    public void A_sealed_batch_that_lost_its_end_is_damaged()
    {
        var store = new FactStore<Interaction>(_files.Folder);
        store.AppendBatch("one", FactSamples.Interactions, TestContext.Current.CancellationToken);
        var path = _files["one.seg"];
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^32]);
        Assert.EndsWith("the sealed segment has lost its end; restore the file from a copy.", Assert.Throws<SegmentException>(() => store.Read().Count()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_newer_format_a_foreign_file_and_another_fact_are_refused_with_words()
    {
        var (path, _) = Written();
        var bytes = File.ReadAllBytes(path);
        bytes[8] = 2;
        File.WriteAllBytes(path, bytes);
        Assert.Equal($"{path}: byte 8: format version 2 is newer than 1, the newest that this build reads; update Touchstone.", Assert.Throws<SegmentException>(() => Read(path)).Message);
        File.WriteAllText(path, "shopper,product\n");
        Assert.Equal($"{path}: byte 0: this is not a segment of facts; move the file out of the folder.", Assert.Throws<SegmentException>(() => Read(path)).Message);
        new FactStore<IdentityLink>(_files.Folder).AppendBatch("links", FactSamples.Links, TestContext.Current.CancellationToken);
        Assert.EndsWith("the file holds facts of kind identity_link, not interaction; move it to their folder.", Assert.Throws<SegmentException>(() => Read(_files["links.seg"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_old_file_without_a_column_and_a_newer_one_with_more_are_read()
    {
        // The file says what it holds: here the last column is not known to this build, and "shopper" is missing.
        FactColumn[] columns = [new("site", FactType.Text), new("client", FactType.Text), new("occurred_at", FactType.Time), new("device", FactType.Exact)];
        var encoder = new FactEncoder(columns.Length);
        encoder.Begin();
        encoder.Text("s");
        encoder.Text("c");
        encoder.Time(FactSamples.Links[0].OccurredAt);
        encoder.Exact(1.5m);
        var record = new byte[8 + encoder.Payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(record, encoder.Payload.Length);
        encoder.Payload.CopyTo(record.AsSpan(8));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(4), SegmentFormat.RecordCrc(record.AsSpan(0, 4), encoder.Payload));
        byte[] file = [.. SegmentFormat.Header("identity_link", columns), .. record];
        File.WriteAllBytes(_files["old.live"], file);
        using var reader = SegmentFile.Open<IdentityLink>(_files["old.live"]);
        Assert.Equal(columns, reader.Columns);
        var error = Assert.Throws<SegmentException>(() => reader.Read().Count());
        Assert.EndsWith("the row has no shopper, which every row must have; restore the file from a copy.", error.Message, StringComparison.Ordinal);

        file = [.. SegmentFormat.Header("interaction", [new("site", FactType.Text), new("kind", FactType.Text), new("source", FactType.Text), new("line", FactType.Whole), new("weather", FactType.Flag)]), .. Row()];
        File.WriteAllBytes(_files["old.live"], file);
        Assert.Equal(new Interaction { Site = "s", Kind = InteractionKind.Cart, Source = "f", Line = -5 }, Read(_files["old.live"]).Rows.Single());

        static byte[] Row()
        {
            byte[] payload = [0b11111, 1, (byte)'s', 4, .. Encoding.UTF8.GetBytes("cart"), 1, (byte)'f', 9, 1];
            var row = new byte[8 + payload.Length];
            BinaryPrimitives.WriteInt32LittleEndian(row, payload.Length);
            payload.CopyTo(row, 8);
            BinaryPrimitives.WriteUInt32LittleEndian(row.AsSpan(4), SegmentFormat.RecordCrc(row.AsSpan(0, 4), payload));
            return row;
        }
    }

    [Fact]
    public void A_folder_that_cannot_be_made_says_so()
    {
        File.WriteAllText(_files["file"], "");
        var error = Assert.Throws<SegmentException>(() => new FactStore<IdentityLink>(Path.Combine(_files["file"], "events")).AppendBatch("one", FactSamples.Links, TestContext.Current.CancellationToken));
        Assert.Contains("cannot be written", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("free space or make the folder writable, or choose another workspace with --workspace DIR.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_surrogate_pair_and_a_local_time_are_refused_before_they_are_written()
    {
        using var writer = SegmentFile.Create<IdentityLink>(_files["links.live"]);
        Assert.Contains("half a surrogate pair", Assert.Throws<ArgumentException>(() => writer.Append(FactSamples.Links[0] with { Client = "\ud83c" })).Message, StringComparison.Ordinal);
        Assert.Contains("convert it to UTC", Assert.Throws<ArgumentException>(() => writer.Append(FactSamples.Links[0] with { OccurredAt = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Local) })).Message, StringComparison.Ordinal);
        Assert.Equal(0, writer.RowCount);
    }

    [Fact]
    public void The_checksum_is_that_of_RFC_3720()
    {
        Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));
        Assert.Equal(0x8A9136AAu, Crc32C.Of(new byte[32]));
    }
}
