namespace Touchstone.Data.Configuration;

/// <summary>The folder in which one shop's facts, stage outputs and models are kept: where what lies, for every head alike.</summary>
/// <param name="Folder">Absolute path.</param>
public record WorkspaceLayout(string Folder)
{
    /// <summary>Trained models.</summary>
    public string Models => Path.Combine(Folder, "models");

    /// <summary>Decisions; only grows.</summary>
    public string Ledger => Path.Combine(Folder, "ledger");

    /// <summary>What was shown.</summary>
    public string Exposures => Facts("exposures");

    /// <summary>The report.</summary>
    public string Report => Path.Combine(Folder, "report.html");

    /// <summary>Folder of a stage's finished outputs.</summary>
    public string Stage(string name) => Path.Combine(Folder, "stages", name);

    /// <summary>Folder of a stage's unfinished outputs.</summary>
    public string Unfinished(string name) => Path.Combine(Folder, "stages", "." + name + ".unfinished");

    /// <summary>Folder of one kind of facts.</summary>
    public string Facts(string kind) => Path.Combine(Folder, kind);

    /// <summary>File of the key under which ids of persons are hashed, whether or not it is there yet.</summary>
    public string ShopperKey(ShopConfiguration shop)
    {
        ArgumentNullException.ThrowIfNull(shop);
        return shop.Privacy.KeyFile is { } stated ? shop.Resolve(stated) : Path.Combine(Folder, "secret", "shopper-ids.key");
    }

    /// <summary>The folder that a command means.</summary>
    /// <param name="shop">The configuration.</param>
    /// <param name="stated">What <c>--workspace</c> says; null for <c>workspace/</c> beside shop.yaml.</param>
    public static string FolderOf(ShopConfiguration shop, string? stated)
    {
        ArgumentNullException.ThrowIfNull(shop);
        return Path.GetFullPath(stated ?? Path.Combine(shop.Folder, "workspace"));
    }
}
