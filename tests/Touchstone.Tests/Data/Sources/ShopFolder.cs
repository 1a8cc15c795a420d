using System.IO.Compression;
using System.Text;
using Touchstone.Data.Configuration;
using Touchstone.Data.Sources;
using Touchstone.Domain;

namespace Touchstone.Tests.Data.Sources;

/// <summary>A temporary folder with source files and the shop.yaml that reads them.</summary>
internal sealed class ShopFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("touchstone-").FullName;

    public ShopFolder Write(string name, byte[] content)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path) ?? Path);
        File.WriteAllBytes(path, content);
        return this;
    }

    public ShopFolder Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(content);
        return packed.ToArray();
    }

    public ShopConfiguration Shop(string yaml) => ShopConfiguration.Parse(yaml, System.IO.Path.Combine(Path, "shop.yaml"), _ => null);

    public List<Interaction> Events(string yaml, ShopperHash? hash = null)
    {
        var shop = Shop(yaml);
        return [.. shop.Events.SelectMany(source => EventSource.Read(source, shop, hash, null, TestContext.Current.CancellationToken))];
    }

    public List<Product> Products(string yaml)
    {
        var shop = Shop(yaml);
        return [.. shop.Catalogue.SelectMany(source => CatalogueSource.Read(source, shop, null, TestContext.Current.CancellationToken))];
    }

    public string Fault(string yaml) => Assert.Throws<SourceException>(() => Events(yaml)).Message;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
