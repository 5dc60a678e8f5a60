using Microsoft.Data.Sqlite;

namespace OrderDesk;

/// <summary>The page and what it calls, the same for both desks.</summary>
internal static class WebPage
{
    public static async Task<int> RunAsync(IOrderDesk desk, string[] arguments)
    {
        var app = Builder(arguments).Build();
        Map(app, desk);
        await app.RunAsync();
        return 0;
    }

    public static WebApplicationBuilder Builder(string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls("http://127.0.0.1:" + (arguments is [var port, ..] ? port : "5080"));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        return builder;
    }

    public static void Map(WebApplication app, IOrderDesk desk)
    {
        app.UseDefaultFiles();
        app.UseStaticFiles();
        app.MapGet("/totals", desk.Totals);
        app.MapPost("/orders", async (Order order) =>
        {
            try
            {
                return Results.Ok(new { Number = await desk.EnterAsync(order) });
            }
            catch (SqliteException exception)
            {
                return Results.Problem(exception.Message, statusCode: exception.SqliteErrorCode is 5 or 6 ? 503 : 500);
            }
        });
    }
}
