namespace Delegation.ProjectDelivery.Scoping.Items;

/// <summary>Whether a generated item still counts.</summary>
internal static class ItemStates
{
    /// <summary>Its origin is there.</summary>
    public const string Active = "active";

    /// <summary>Its origin went away, and somebody had edited it: it counts until people decide.</summary>
    public const string Orphaned = "orphaned";

    /// <summary>Its origin went away, or people dropped it: kept to be read.</summary>
    public const string Retired = "retired";
}
