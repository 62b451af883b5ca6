using Delegation.Watch.V1;

namespace Delegation.Watch.Items;

/// <summary>The codes under which the database keeps streams and statuses.</summary>
internal static class ItemCodes
{
    private static readonly Dictionary<string, Item.Types.Stream> Streams = new()
    {
        ["regulatory"] = Item.Types.Stream.Regulatory,
        ["market"] = Item.Types.Stream.Market,
        ["technological"] = Item.Types.Stream.Technological,
    };

    private static readonly Dictionary<string, Item.Types.Status> Statuses = new()
    {
        ["draft"] = Item.Types.Status.Draft,
        ["adopted"] = Item.Types.Status.Adopted,
        ["published"] = Item.Types.Status.Published,
        ["in_force"] = Item.Types.Status.InForce,
        ["annulled"] = Item.Types.Status.Annulled,
        ["contested"] = Item.Types.Status.Contested,
    };

    /// <summary>The code of a stream; null for a number that stands for none.</summary>
    public static string? Code(this Item.Types.Stream stream) => Streams.FirstOrDefault(entry => entry.Value == stream).Key;

    public static Item.Types.Stream StreamOf(string code) => Streams[code];

    public static Item.Types.Status StatusOf(string? code) => code is null ? Item.Types.Status.Unspecified : Statuses[code];
}
