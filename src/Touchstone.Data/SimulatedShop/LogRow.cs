using Touchstone.Domain;

namespace Touchstone.Data.SimulatedShop;

/// <summary>One event as it waits to be written; ids are numbers until then.</summary>
internal readonly record struct LogRow(
    InteractionKind Kind, long AtMs, int Shopper, int Session, int Sequence, int Product, int Slate, OrderLine Line, long RefundedAtMs, int RefundedSequence, string? Query);

/// <summary>One slate as it waits to be written: its candidates lie in the collector's column.</summary>
internal readonly record struct SlateRow(
    SlateContext Context, long AtMs, int Shopper, int Session, int Sequence, int FirstCandidate, int Length, uint Looked, long QueryAtMs, int QuerySequence, bool IsLogged);
