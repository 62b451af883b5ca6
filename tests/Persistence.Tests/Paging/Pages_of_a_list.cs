using Delegation.Persistence.Paging;
using Delegation.ServiceDefaults.Errors;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.Persistence.Tests.Paging;

public sealed class Pages_of_a_list
{
    [Fact]
    public void A_place_comes_back_from_its_token_as_it_was() => Prop.ForAll<DateTime, Guid>((time, id) =>
    {
        var key = new PageKey(DateTime.SpecifyKind(time, DateTimeKind.Utc), id);
        return PageKey.TryParse(key.ToToken(), out var read) && read == key;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Walking_page_by_page_sees_each_row_once_and_in_order() => Prop.ForAll(
        Gen.Choose(0, 500).Zip(Gen.Choose(1, 60)).ToArbitrary(),
        shape =>
        {
            var rows = Enumerable.Range(0, shape.Item1).Select(number => new PageKey(default, new Guid(number, 0, 0, new byte[8]))).ToArray();
            var seen = new List<PageKey>();
            var token = "";
            do
            {
                var request = PageRequest.Read(shape.Item2, token, []);
                var page = rows.Where(row => request.After is not { } after || row.Id.CompareTo(after.Id) > 0).Take(request.Limit).ToArray().ToPage(request, row => row);
                seen.AddRange(page.Items);
                token = page.NextPageToken;
            }
            while (token.Length > 0);

            return seen.SequenceEqual(rows);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 50)]
    [InlineData(1, 1)]
    [InlineData(200, 200)]
    [InlineData(201, 200)]
    [InlineData(int.MaxValue, 200)]
    public void The_size_has_a_default_and_a_maximum(int asked, int size) => Assert.Equal(size, PageRequest.Read(asked, "", []).Size);

    [Theory]
    [InlineData(-1, "", "PAGE_SIZE_NEGATIVE")]
    [InlineData(0, "x", "PAGE_TOKEN_MALFORMED")]
    [InlineData(0, "________________________________", "PAGE_TOKEN_MALFORMED")]
    [InlineData(0, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "PAGE_TOKEN_MALFORMED")]
    public void What_is_wrong_is_told(int size, string token, string reason)
    {
        var violations = new List<FieldViolation>();

        PageRequest.Read(size, token, violations);

        Assert.Equal(reason, Assert.Single(violations).Reason);
    }
}
