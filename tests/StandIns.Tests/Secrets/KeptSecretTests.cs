using Aspire.Hosting.Local;

namespace Delegation.StandIns.Tests.Secrets;

/// <summary>A generated password that data on disk depends on.</summary>
public sealed class KeptSecretTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public void It_is_the_same_in_the_next_run()
    {
        var first = new SecretStore(_directory.File("secrets.json")).GetOrAdd("Parameters:p", () => "one");

        Assert.Equal("one", first);
        Assert.Equal("one", new SecretStore(_directory.File("secrets.json")).GetOrAdd("Parameters:p", () => "two"));
    }

    [Fact]
    public void Only_its_owner_can_read_the_file()
    {
        new SecretStore(_directory.File("secrets.json")).GetOrAdd("Parameters:p", () => "one");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory.File("secrets.json")));
        Assert.Equal(["secrets.json"], Directory.GetFiles(_directory.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task The_configuration_wins_over_it()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var parameter = builder.AddParameter("db-password", new GenerateParameterDefault(), secret: true, persist: true);
        builder.Configuration["Parameters:db_password"] = "configured";

        Assert.Equal("configured", await parameter.Resource.GetValueAsync(Limits.Token));
    }

    [Fact]
    public async Task In_a_test_it_lives_as_long_as_the_test()
    {
        string? first, again, second;
        await using (var builder = DistributedApplicationTestingBuilder.Create())
        {
            var parameter = builder.AddParameter("db-password", new GenerateParameterDefault(), secret: true, persist: true);
            (first, again) = (await parameter.Resource.GetValueAsync(Limits.Token), await parameter.Resource.GetValueAsync(Limits.Token));
        }

        await using (var builder = DistributedApplicationTestingBuilder.Create())
        {
            second = await builder.AddParameter("db-password", new GenerateParameterDefault(), persist: true).Resource.GetValueAsync(Limits.Token);
        }

        Assert.Equal(first, again);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Between_runs_of_an_AppHost_it_is_kept()
    {
        using var first = await AppHosts.AppHostProcess.Start(store: _directory.Path).UntilReadyAsync();
        await first.StopAsync();
        using var second = await AppHosts.AppHostProcess.Start(store: _directory.Path).UntilReadyAsync();
        await second.StopAsync();

        static string Said(AppHosts.AppHostProcess appHost) => appHost.Output.Split('\n').Single(line => line.Contains("the secret is", StringComparison.Ordinal));
        Assert.Equal(Said(first), Said(second));
        Assert.Contains("Parameters:kept", File.ReadAllText(_directory.File("secrets.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_given_in_code_is_a_default_only()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create("--Parameters:colour=red");
        var colour = builder.AddParameter("colour", "blue");
        var size = builder.AddParameter("size", () => "small");

        Assert.Equal("red", await colour.Resource.GetValueAsync(Limits.Token));
        Assert.Equal("small", await size.Resource.GetValueAsync(Limits.Token));
    }

    [Fact]
    public void Two_clones_have_different_state_and_one_clone_always_the_same()
    {
        var a = LocalState.For("AppHost", "/clones/a/AppHost", configured: null).Root;

        Assert.Equal(a, LocalState.For("AppHost", "/clones/a/AppHost", configured: null).Root);
        Assert.NotEqual(a, LocalState.For("AppHost", "/clones/b/AppHost", configured: null).Root);
        Assert.Matches("/aspire-local/AppHost-[0-9a-f]{10}$", a);
        Assert.Equal("/elsewhere", LocalState.For("AppHost", "/clones/a/AppHost", configured: "/elsewhere").Root);
    }

    public void Dispose() => _directory.Dispose();
}
