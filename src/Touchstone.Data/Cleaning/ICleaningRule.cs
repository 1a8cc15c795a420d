using Touchstone.Domain;

namespace Touchstone.Data.Cleaning;

/// <summary>A rule that judges each row by itself.</summary>
internal interface ICleaningRule
{
    /// <summary>Its name in shop.yaml, the account and the report.</summary>
    string Name { get; }

    /// <summary>One sentence for the report.</summary>
    string Description { get; }

    /// <summary><see cref="CleaningOutcome.Keep"/> where the rule has nothing against the row.</summary>
    CleaningOutcome Judge(Interaction row);
}
