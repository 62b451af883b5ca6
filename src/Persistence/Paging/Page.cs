namespace Delegation.Persistence.Paging;

/// <summary>One page of a list.</summary>
/// <param name="Items">Its rows, in order.</param>
/// <param name="NextPageToken">Asks for the page after it; empty on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string NextPageToken);

/// <summary>Makes pages.</summary>
public static class Pages
{
    /// <summary>The page that was asked for, from up to <see cref="PageRequest.Limit"/> rows in order after its start.</summary>
    public static Page<T> ToPage<T>(this IReadOnlyList<T> rows, PageRequest request, Func<T, PageKey> key) => rows.Count <= request.Size
        ? new Page<T>(rows, "")
        : new Page<T>([.. rows.Take(request.Size)], key(rows[request.Size - 1]).ToToken());
}
