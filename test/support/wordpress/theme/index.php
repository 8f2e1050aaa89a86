<?php
while (have_posts()) {
	the_post();
	the_title('<h1>', '</h1>');
	the_post_thumbnail();
	the_content();
	foreach (get_comments(['post_id' => get_the_ID(), 'status' => 'approve']) as $comment) comment_text($comment);
}
