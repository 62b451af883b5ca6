using Aspire.Hosting.Local.Servers;

namespace Delegation.Servers.Tests.Programs;

public sealed class Finding_an_installed_server : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", 15, "15.18")]
    [InlineData("postgres (PostgreSQL) 18beta1", 18, "18beta1")]
    [InlineData("Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=e08dbad3e06f3fb", 7, "7.0.15")]
    [InlineData("Valkey server v=8.1.1 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=0", 8, "8.1.1")]
    public async Task Its_version_is_read_from_what_it_says(string says, int major, string version)
    {
        Install("a", says);

        var found = Assert.Single(await ServerFinder.FindAllAsync(MadeUpServer.TreeIn(_folder.At("a")), default));

        Assert.Equal(new InstalledServer(_folder.At("a/tree-server-of-a-test"), major, version), found);
    }

    [Fact]
    public async Task The_first_directory_with_a_version_that_is_new_enough_wins()
    {
        Install("old", "Tree v=6.9");
        Install("good", "Tree v=7.1");
        Install("better", "Tree v=8.0");
        var program = MadeUpServer.TreeIn(_folder.At("missing"), _folder.At("old"), _folder.At("good"), _folder.At("better"));

        var usable = await ServerFinder.FindUsableAsync(program, default);
        var all = await ServerFinder.FindAllAsync(program, default);

        Assert.Equal([7, 8], usable.Select(server => server.Major));
        Assert.Equal([6, 7, 8], all.Select(server => server.Major));
    }

    [Fact]
    public async Task What_does_not_say_a_version_or_fails_is_no_server()
    {
        Install("silent", "");
        _folder.Script("failing/tree-server-of-a-test", "echo 'Tree v=9.0'; exit 1");

        Assert.Empty(await ServerFinder.FindAllAsync(MadeUpServer.TreeIn(_folder.At("silent"), _folder.At("failing")), default));
    }

    [Fact]
    public async Task A_link_leads_to_the_companions_of_the_program()
    {
        Install("real", "Tree v=7.0");
        Directory.CreateDirectory(_folder.At("links"));
        File.CreateSymbolicLink(_folder.At("links/tree-server-of-a-test"), _folder.At("real/tree-server-of-a-test"));

        var found = Assert.Single(await ServerFinder.FindAllAsync(MadeUpServer.TreeIn(_folder.At("links")), default));

        Assert.Equal(_folder.At("real"), found.Directory);
    }

    public void Dispose() => _folder.Dispose();

    private void Install(string directory, string says) =>
        _folder.Script($"{directory}/tree-server-of-a-test", $"test \"$1\" = --version && echo '{says}'");
}
